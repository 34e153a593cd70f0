using NativeCerts.Run.DotNet.Hook;

namespace NativeCerts.Run.Tests.DotNet;

public sealed class HookVariableSpecs
{
    private const string Ours = "NativeCerts.StartupHook.dll";

    [Theory(Timeout = 30_000)]
    [InlineData("/a/b.dll", "/a/b.dll")]
    [InlineData("/run/x/NativeCerts.StartupHook.dll", "")]
    [InlineData("/run/x/NativeCerts.StartupHook.dll:/a/b.dll", "/a/b.dll")]
    [InlineData("/a/b.dll:/run/x/NativeCerts.StartupHook.dll:Some.Hook:/run/y/NativeCerts.StartupHook.dll", "/a/b.dll:Some.Hook")]
    [InlineData("NativeCerts.StartupHook.dll:/x/NativeCerts.StartupHook.dll.bak:/NativeCerts.StartupHook.dll/x.dll", "NativeCerts.StartupHook.dll:/x/NativeCerts.StartupHook.dll.bak:/NativeCerts.StartupHook.dll/x.dll")]
    [InlineData("", "")]
    public Task Older_hooks_of_ours_are_dropped_and_others_stay_in_their_order(string value, string expected) => Task.Run(() =>
        Assert.Equal(expected, HookVariable.WithoutOurs(value, Ours)));

    [Theory(Timeout = 30_000)]
    [InlineData("/run/user/0/nctrust", true)]
    [InlineData("/run/user/0/a b", true)]
    [InlineData("/run/user:0/nctrust", false)]
    [InlineData("nctrust", false)]
    [InlineData("", false)]
    public Task A_path_with_a_colon_and_a_relative_one_are_no_hooks(string path, bool expected) => Task.Run(() =>
        Assert.Equal(expected, HookVariable.CanHold(path)));
}

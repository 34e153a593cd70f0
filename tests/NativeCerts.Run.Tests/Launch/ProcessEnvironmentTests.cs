using System.Text;
using NativeCerts.Run.Launch;

namespace NativeCerts.Run.Tests.Launch;

public sealed class ProcessEnvironmentTests
{
    private static ProcessEnvironment Of(params string[] entries) => ProcessEnvironment.FromEntries(entries.Select(Encoding.Latin1.GetBytes));

    private static string[] Entries(ProcessEnvironment environment) => [.. environment.Entries.Select(Encoding.Latin1.GetString)];

    [Fact]
    public void Entries_that_are_not_text_or_have_no_equals_sign_pass_through_untouched()
    {
        var environment = Of("A=1", "no equals sign", "LATIN=caf\u00e9", "N\u00ff=x", "=C:=C:\\", "");
        environment.Set("A", "2");
        environment.Set("NEW", "é");
        environment.Remove("ABSENT");
        Assert.Equal(["A=2", "no equals sign", "LATIN=caf\u00e9", "N\u00ff=x", "=C:=C:\\", "", "NEW=\u00c3\u00a9"], Entries(environment));
        Assert.Equal(["A", "LATIN", "NEW"], environment.Keys);
    }

    [Fact]
    public void A_value_that_is_not_text_reads_with_replacement_and_keeps_its_bytes()
    {
        var environment = Of("LATIN=caf\u00e9");
        Assert.Equal("caf\uFFFD", environment.Get("LATIN"));
        Assert.Equal([0x63, 0x61, 0x66, 0xe9], environment.GetBytes("LATIN")!);
        Assert.Null(environment.GetBytes("LATI"));
    }

    [Fact]
    public void A_name_is_found_whole_and_by_its_case()
    {
        var environment = Of("PATHS=no", "PATH=yes=still", "path=lower", "EMPTY=");
        Assert.Equal("yes=still", environment.Get("PATH"));
        Assert.Equal("lower", environment.Get("path"));
        Assert.Equal("", environment.Get("EMPTY"));
        Assert.Null(environment.Get("PAT"));
        Assert.Null(environment.Get(""));
        Assert.False(environment.TryGetValue("EMPTY2", out _));
        Assert.Throws<KeyNotFoundException>(() => environment["EMPTY2"]);
    }

    [Fact]
    public void A_name_that_is_there_twice_reads_as_the_first_until_it_is_set_or_removed()
    {
        var environment = Of("A=1", "B=x", "A=2");
        Assert.Equal("1", environment.Get("A"));
        Assert.Equal(2, environment.Count);
        var copy = environment.Copy();
        environment.Set("A", "3");
        Assert.Equal(["A=3", "B=x"], Entries(environment));
        copy.Remove("A");
        Assert.Equal(["B=x"], Entries(copy));
    }

    [Fact]
    public void A_name_longer_than_a_line_is_a_name_like_any_other()
    {
        var name = new string('n', 5000);
        var environment = new ProcessEnvironment([new(name, "1"), new("B", "2")]);
        Assert.Equal("1", environment.Get(name));
        environment.Remove(name);
        Assert.Equal(["B=2"], Entries(environment));
    }

    [Theory]
    [InlineData("", "x")]
    [InlineData("A=B", "x")]
    [InlineData("A\0", "x")]
    [InlineData("A", "x\0y")]
    public void What_the_system_cannot_hold_is_refused(string name, string value)
    {
        var environment = new ProcessEnvironment([]);
        Assert.Throws<ArgumentException>(() => environment.Set(name, value));
        Assert.Empty(environment.Entries);
    }

    [Fact]
    public void The_process_has_an_environment()
    {
        var environment = ProcessEnvironment.Current();
        Assert.Equal(Environment.GetEnvironmentVariable("PATH"), environment.Get("PATH"));
        Assert.Equal(Environment.GetEnvironmentVariable("PATH"), ((IReadOnlyDictionary<string, string>)environment)["PATH"]);
    }
}

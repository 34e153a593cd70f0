namespace NativeCerts.Run.DotNet.Targets;

/// <summary>What a command is, as .NET sees it. This folder finds out by a few cheap reads, and runs nothing.</summary>
/// <param name="Kind">How it is packed.</param>
internal sealed record DotNetTarget(DotNetTargetKind Kind)
{
    /// <summary>The path of the assembly that is started; of a command of the SDK its name; <see langword="null"/> where it isn't told.</summary>
    public string? Program { get; init; }

    /// <summary>The framework that its <c>.runtimeconfig.json</c> names, such as <c>net8.0</c>, or <see langword="null"/>.</summary>
    public string? Framework { get; init; }

    /// <summary>Whether its configuration switches startup hooks off, as trimming does.</summary>
    public bool IgnoresHooks { get; init; }

    /// <summary>Whether it can be given a startup hook: native code never loads one, and with <c>StartupHookSupport</c> it would die of one.</summary>
    public bool TakesHook => Kind is not DotNetTargetKind.NativeAot;

    /// <summary>What it is, for people: <c>a single file for net8.0</c>.</summary>
    public string Description
    {
        get
        {
            var what = Kind switch
            {
                DotNetTargetKind.Sdk => Program is null ? "the SDK" : $"the SDK's `{Program}`",
                DotNetTargetKind.Assembly => $"the assembly `{Program}`",
                DotNetTargetKind.AppHost => Program is null ? "an executable on an installed runtime" : $"an executable for `{Program}`",
                DotNetTargetKind.SelfContained => "an executable with a runtime of its own",
                DotNetTargetKind.SingleFile => "an executable that holds its assemblies",
                _ => "native code",
            };
            return Framework is null ? what : $"{what}, {Framework}";
        }
    }

    /// <summary>What becomes of the startup hook, for people.</summary>
    /// <param name="isPlanned">Whether there is to be one.</param>
    public string HookDescription(bool isPlanned) => (isPlanned, TakesHook, IgnoresHooks) switch
    {
        (_, false, _) => "no startup hook: native code loads none, and follows the variables",
        (false, _, _) => "no startup hook: the variables alone",
        (_, _, true) => "it switches startup hooks off, and follows the variables; the hook is for what it starts",
        _ => "a startup hook keeps the variables",
    };
}

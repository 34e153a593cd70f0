namespace NativeCerts.Run.DotNet.Targets;

/// <summary>Finds out how the .NET program that a command starts is packed.</summary>
internal static class TargetFinder
{
    // https://learn.microsoft.com/en-us/dotnet/core/tools/dotnet, "options for running an application"
    private static readonly string[] HostOptionsWithValue = ["--additionalprobingpath", "--additional-deps", "--depsfile", "--fx-version", "--roll-forward", "--runtimeconfig"];

    /// <summary>Looks at a command that is known to be .NET's.</summary>
    /// <param name="program">The absolute path of its executable.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <returns><see langword="null"/> where it is something else that only starts one: a script, a program for Mono.</returns>
    public static DotNetTarget? Find(string program, IReadOnlyList<string> arguments)
    {
        var file = Final(program);
        if (Path.GetFileNameWithoutExtension(file) == "dotnet") return OfHost(arguments);
        var assembly = Path.ChangeExtension(file, ".dll");
        return OfImage(program) ?? (File.Exists(assembly) ? OfAssembly(DotNetTargetKind.AppHost, assembly, Path.GetFileName(assembly)) : null);
    }

    /// <summary>Looks at an executable of which nothing is known.</summary>
    /// <returns><see langword="null"/> where it is no .NET program.</returns>
    public static DotNetTarget? Find(string program) => OperatingSystem.IsLinux() ? OfImage(program) : null;

    private static DotNetTarget? OfImage(string program)
    {
        if (ProgramImage.Read(program) is not { } image) return null;
        if (image.IsNativeAot) return new(DotNetTargetKind.NativeAot);
        if (image.IsBundle) return new(DotNetTargetKind.SingleFile);
        if (image.Assembly is not { } assembly) return new(DotNetTargetKind.AppHost);
        return OfAssembly(DotNetTargetKind.AppHost, Path.Combine(Path.GetDirectoryName(Final(program)) ?? "/", assembly), assembly);
    }

    private static DotNetTarget OfHost(IReadOnlyList<string> arguments)
    {
        for (var index = 0; index < arguments.Count; index++)
        {
            var argument = arguments[index];
            if (HostOptionsWithValue.Contains(argument)) index++;
            else if (argument.StartsWith('-') || argument == "exec") continue;
            else if (argument.EndsWith(".dll", StringComparison.OrdinalIgnoreCase) || argument.EndsWith(".exe", StringComparison.OrdinalIgnoreCase)) return OfAssembly(DotNetTargetKind.Assembly, argument, argument);
            else return new(DotNetTargetKind.Sdk) { Program = argument };
        }

        return new(DotNetTargetKind.Sdk);
    }

    private static DotNetTarget OfAssembly(DotNetTargetKind kind, string assembly, string name)
    {
        var configuration = RuntimeConfiguration.Beside(assembly);
        return new(configuration is { IsSelfContained: true } ? DotNetTargetKind.SelfContained : kind)
        {
            Program = name,
            Framework = configuration?.Framework,
            IgnoresHooks = configuration is { IgnoresHooks: true },
        };
    }

    private static string Final(string program)
    {
        try
        {
            return File.ResolveLinkTarget(program, returnFinalTarget: true)?.FullName ?? program;
        }
        catch (IOException)
        {
            return program;
        }
    }
}

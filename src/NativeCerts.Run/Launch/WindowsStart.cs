using System.Runtime.InteropServices;
using System.Text;
using CliWrap;

namespace NativeCerts.Run.Launch;

/// <summary>Starts the command on Windows, where arguments and environment are text and CliWrap hands them over exactly.</summary>
internal static class WindowsStart
{
    /// <summary>Starts the command on our console and waits for its end.</summary>
    internal static ChildExit Run(ChildCommand command)
    {
        var path = command.Name();

        // cmd reads a batch file's arguments a second time and finds commands in them (CVE-2024-24576): rather not than so.
        if (Path.GetExtension(path.AsSpan()) is var extension && (extension.Equals(".cmd", StringComparison.OrdinalIgnoreCase) || extension.Equals(".bat", StringComparison.OrdinalIgnoreCase)))
        {
            return Fail(new(LaunchFailure.CannotRun, $"`{path}` is a batch file, which cannot be started safely yet", "name the program that it starts"));
        }

        var variables = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        foreach (string name in Environment.GetEnvironmentVariables().Keys) variables[name] = null;
        foreach (var (name, value) in command.Environment) variables[name] = value;
        var wrapped = CliWrap.Cli.Wrap(path)
            .WithArguments(command.Arguments.Skip(1).Select(Encoding.UTF8.GetString))
            .WithEnvironmentVariables(variables)
            .WithValidation(CommandResultValidation.None);
        try
        {
            // Ctrl-C reaches every process of the console: the child decides, we only wait.
            using var interrupt = Withhold(PosixSignal.SIGINT);
            using var quit = Withhold(PosixSignal.SIGQUIT);
            var run = wrapped.ExecuteAsync(start =>
            {
                start.RedirectStandardInput = start.RedirectStandardOutput = start.RedirectStandardError = false;
                start.CreateNoWindow = false;
            });
            return new(run.Task.GetAwaiter().GetResult().ExitCode);
        }
        catch (Exception e) when (e is System.ComponentModel.Win32Exception or InvalidOperationException)
        {
            return Fail(new(LaunchFailure.CannotRun, $"`{path}` cannot be started: {e.Message}"));
        }
    }

    private static ChildExit Fail(LaunchFailure failure) => new(failure.ExitCode, Failure: failure);

    private static PosixSignalRegistration Withhold(PosixSignal signal) =>
        PosixSignalRegistration.Create(signal, context => context.Cancel = true);
}

using NativeCerts.Run.Doctor;
using Spectre.Console;

namespace NativeCerts.Run.Cli;

/// <summary>Shows on a terminal how far the trial of tools has come; elsewhere nothing.</summary>
internal static class DoctorProgress
{
    /// <summary>Runs the trial.</summary>
    /// <param name="run">The trial, which is given whom to tell.</param>
    public static DoctorReport Show(Func<Action<int, int, string>?, Task<DoctorReport>> run)
    {
        if (!Output.IsInteractive) return run(null).GetAwaiter().GetResult();
        var console = AnsiConsole.Create(new() { Out = new AnsiConsoleOutput(Console.Error) });
        return console.Progress()
            .AutoClear(true)
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new SpinnerColumn())
            .StartAsync(async context =>
            {
                var task = context.AddTask("trying the tools", autoStart: true);
                return await run((done, total, name) =>
                {
                    task.MaxValue = total;
                    task.Value = done;
                    task.Description = Markup.Escape(name.Length > 0 ? $"{done} of {total} tools tried, last {name}" : $"trying {total} tools");
                });
            }).GetAwaiter().GetResult();
    }
}

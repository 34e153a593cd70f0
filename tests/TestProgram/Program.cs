using System.Text;
using NativeCerts.Run.Launch;

// A wrapper that only launches, for tests: `launch-run COMMAND [ARG...]` and `launch-replace COMMAND [ARG...]`. It changes nothing and has
// nothing to clean up, so all that a child notices is the launching's own. The child of most tests is a few lines of Python or sh, which start faster.
if (args is not ["launch-run" or "launch-replace", _, ..])
{
    Console.WriteLine(string.Join('\n', args));
    return 0;
}

var environment = ProcessEnvironment.Current();
var arguments = CommandArguments.Last(args[1..]);
var executable = ExecutableResolver.Resolve(arguments[0], environment.GetBytes("PATH"));
if (executable.Failure is { } missing) return Report(missing);
var command = new ChildCommand(executable.PathBytes, arguments, environment);
if (args[0] == "launch-replace") return Report(ChildProcess.Replace(command));
var exit = ChildProcess.Run(command);
return exit.Failure is { } failure ? Report(failure) : exit.EndLikeIt();

static int Report(LaunchFailure failure)
{
    using var error = Console.OpenStandardError();
    error.Write(Encoding.UTF8.GetBytes($"{failure.Message}\n{(failure.Hint is null ? "" : $"hint: {failure.Hint}\n")}"));
    return failure.ExitCode;
}

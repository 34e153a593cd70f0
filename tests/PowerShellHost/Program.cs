using System.Management.Automation;
using System.Management.Automation.Runspaces;

// PowerShell's engine without its modules, for scripts that are to be run by it where no PowerShell is installed.
// Usage: dotnet PowerShellHost.dll SCRIPT...   each is run in turn, in one session; the exit code is that of the last program.
const string MissingModules = """
    function Out-String { @($input) -join "`n" }
    function Invoke-Expression { param([Parameter(ValueFromPipeline)] $script) process { . ([scriptblock]::Create($script)) } }
    function Register-ArgumentCompleter { }
    """;
using var session = RunspaceFactory.CreateRunspace(InitialSessionState.CreateDefault2());
session.Open();
foreach (var script in args.Prepend(MissingModules))
{
    using var shell = PowerShell.Create(session);
    shell.AddScript(script);
    foreach (var result in shell.Invoke()) Console.Out.WriteLine(result);
    foreach (var error in shell.Streams.Error) Console.Error.WriteLine(error);
    if (shell.HadErrors && shell.Streams.Error.Count > 0) return 1;
}

return session.SessionStateProxy.GetVariable("LASTEXITCODE") is int code ? code : 0;

namespace NativeCerts.Run.Profiles.Detection;

/// <summary>A program whose arguments name the command that it starts, or the script that it runs.</summary>
/// <param name="Name">The program's file name; a <c>*</c> stands for any characters.</param>
internal sealed record Launcher(string Name)
{
    /// <summary>The words after one of which the command stands (<c>run</c>, <c>exec</c>); empty: it stands in the first place.</summary>
    public string[] Subcommands { get; init; } = [];

    /// <summary>Options whose value is the next argument.</summary>
    public string[] ValueOptions { get; init; } = [];

    /// <summary>Options whose value is the command's name, of which the rest are the arguments (<c>python -m pip</c>).</summary>
    public string[] CommandOptions { get; init; } = [];

    /// <summary>Options after which no command comes: what follows is code.</summary>
    public string[] CodeOptions { get; init; } = [];

    /// <summary>How many arguments of its own stand in front of the command (<c>timeout 10</c>).</summary>
    public int Operands { get; init; }

    /// <summary>Arguments such as <c>NAME=value</c> in front of the command are variables.</summary>
    public bool TakesAssignments { get; init; }

    /// <summary>Options whose value is split into words that take its place (<c>env -S</c>).</summary>
    public string[] SplitOptions { get; init; } = [];

    /// <summary>What it starts is another user's, who may not read this one's files.</summary>
    public bool ChangesUser { get; init; }

    /// <summary>A shell: its <c>-c</c> is a command line, and its scripts can be read.</summary>
    public bool IsShell { get; init; }

    /// <summary>What it is given is a script's path, not a command on <c>PATH</c>.</summary>
    public bool TakesScript { get; init; }
}

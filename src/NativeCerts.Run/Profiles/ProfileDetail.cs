namespace NativeCerts.Run.Profiles;

/// <summary>How much of a profile is read: memory is what reading costs, and every run reads all profiles.</summary>
internal enum ProfileDetail
{
    /// <summary>Everything.</summary>
    All,

    /// <summary>What is only for people is left empty: title, category, limits, probe, source, and each rule's why.</summary>
    Rules,

    /// <summary>The same, and of the rules only those for every command (<see cref="ToolProfile.IsBrief"/>).</summary>
    Brief,
}

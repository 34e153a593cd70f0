namespace NativeCerts.Run.DotNet.Audit.Settings;

/// <summary>One value of a settings file.</summary>
/// <param name="Name">What it is called: a JSON property, an XML attribute, or the key beside an XML value.</param>
/// <param name="Value">Its text; of JSON's true and false those words.</param>
/// <param name="Line">Its line, counted from 1.</param>
internal sealed record Setting(string Name, string Value, int Line);

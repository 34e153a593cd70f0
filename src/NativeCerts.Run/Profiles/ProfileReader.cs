namespace NativeCerts.Run.Profiles;

/// <summary>Reads profiles, built in or the user's own, as strictly as <c>profile.schema.json</c> describes them.</summary>
/// <remarks>Written by hand over Utf8JsonReader: every run reads all profiles before it starts its command, and errors can name line and column.</remarks>
public static class ProfileReader
{
    /// <summary>Reads one profile.</summary>
    /// <param name="json">The file's content: UTF-8, with or without a byte order mark.</param>
    /// <param name="file">The file's name, for errors.</param>
    /// <exception cref="ProfileFormatException">An unknown, missing, repeated or unfitting field, or no JSON.</exception>
    public static ToolProfile Read(ReadOnlySpan<byte> json, string file) => Read(json, file, ProfileDetail.All);

    /// <inheritdoc cref="Read(ReadOnlySpan{byte}, string)"/>
    internal static ToolProfile Read(ReadOnlySpan<byte> json, string file, ProfileDetail detail)
    {
        var cursor = new JsonCursor(json, file, detail);
        cursor.MoveNext();
        var profile = ProfileParser.Read(ref cursor);
        if (cursor.MoveNextValue()) throw cursor.Error("a file holds one profile, here begins something else");
        return profile;
    }

    /// <summary>Reads profiles that stand one behind the other, as the build joins the built-in ones.</summary>
    /// <inheritdoc cref="Read(ReadOnlySpan{byte}, string)" path="/exception"/>
    /// <param name="json">The profiles, UTF-8.</param>
    /// <param name="file">The name for errors.</param>
    /// <param name="detail">How much of them is in it, and is wanted.</param>
    internal static List<ToolProfile> ReadAll(ReadOnlySpan<byte> json, string file, ProfileDetail detail)
    {
        var cursor = new JsonCursor(json, file, detail);
        var profiles = new List<ToolProfile>(192);
        while (cursor.MoveNextValue()) profiles.Add(ProfileParser.Read(ref cursor));
        return profiles;
    }
}

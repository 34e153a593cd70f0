namespace NativeCerts.Certificates;

/// <summary>A binary file that may be a certificate.</summary>
internal static class DerFile
{
    /// <summary>Tells what a file is by the first values of its outer SEQUENCE.</summary>
    public static DerFileKind Classify(ReadOnlySpan<byte> file)
    {
        var reader = new DerReader(file);
        if (!reader.TryRead(DerTag.Sequence, out var content)) return DerFileKind.Other;
        var outer = new DerReader(content);
        if (outer.NextIs(DerTag.ObjectIdentifier)) return DerFileKind.Pkcs7;
        if (outer.TryRead(DerTag.Integer, out var version)) return !outer.NextIs(DerTag.Sequence) || version is not [3] ? DerFileKind.PrivateKey : DerFileKind.Pkcs12;
        if (!outer.TryRead(DerTag.Sequence, out var inner)) return DerFileKind.Other;
        var first = new DerReader(inner);
        return first.NextIs(DerTag.Context(0)) || first.NextIs(DerTag.Integer) ? DerFileKind.Certificate : DerFileKind.Other;
    }
}

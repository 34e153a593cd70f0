using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;

namespace NativeCerts.Run.DotNet.Audit;

/// <summary>Finds the methods whose last parameters are <c>X509Chain, SslPolicyErrors</c> by the bytes of their signatures: in a large assembly a thousandth of what reading them costs.</summary>
internal static class CallbackShapes
{
    // ECMA-335, II.23.1.16: how a parameter's type begins, and II.23.2.8: the table of the type, in the lowest bits.
    private const byte Class = 0x12, ValueType = 0x11;
    private const int Definition = 0, Reference = 1;

    /// <summary>Finds them.</summary>
    /// <returns>Their metadata tokens.</returns>
    public static IReadOnlyList<int> Find(MetadataReader metadata)
    {
        var (chains, errors) = (Tokens(metadata, "X509Chain", Class), Tokens(metadata, "SslPolicyErrors", ValueType));
        if (chains.Count == 0 || errors.Count == 0) return [];
        var ends = (from chain in chains from error in errors select (byte[])[.. chain, .. error]).ToList();
        var found = new List<int>();
        foreach (var handle in metadata.MethodDefinitions)
        {
            if (ends.Exists(end => EndsWith(metadata.GetBlobReader(metadata.GetMethodDefinition(handle).Signature), end))) found.Add(MetadataTokens.GetToken(handle));
        }

        return found;
    }

    private static bool EndsWith(BlobReader signature, byte[] end)
    {
        if (signature.Length < end.Length) return false;
        signature.Offset = signature.Length - end.Length;
        foreach (var each in end)
        {
            if (signature.ReadByte() != each) return false;
        }

        return true;
    }

    private static List<byte[]> Tokens(MetadataReader metadata, string name, byte kind)
    {
        var tokens = new List<byte[]>();
        foreach (var handle in metadata.TypeReferences)
        {
            if (metadata.StringComparer.Equals(metadata.GetTypeReference(handle).Name, name)) tokens.Add([kind, .. Compressed((MetadataTokens.GetRowNumber(handle) << 2) | Reference)]);
        }

        foreach (var handle in metadata.TypeDefinitions)
        {
            if (metadata.StringComparer.Equals(metadata.GetTypeDefinition(handle).Name, name)) tokens.Add([kind, .. Compressed((MetadataTokens.GetRowNumber(handle) << 2) | Definition)]);
        }

        return tokens;
    }

    // ECMA-335, II.23.2.
    private static byte[] Compressed(int value) => value switch
    {
        < 0x80 => [(byte)value],
        < 0x4000 => [(byte)(0x80 | (value >> 8)), (byte)value],
        _ => [(byte)(0xC0 | (value >> 24)), (byte)(value >> 16), (byte)(value >> 8), (byte)value],
    };
}

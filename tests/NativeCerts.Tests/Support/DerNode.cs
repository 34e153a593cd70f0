using NativeCerts.Certificates;

namespace NativeCerts.Tests.Support;

/// <summary>A DER value that can be changed and encoded again, to make defective certificates.</summary>
internal sealed class DerNode(byte tag, byte[] content)
{
    private List<DerNode>? _children;

    /// <summary>The identifier octet.</summary>
    public byte Tag { get; set; } = tag;

    /// <summary>The content octets of a primitive value.</summary>
    public byte[] Content { get; set; } = content;

    /// <summary>The values in a constructed value; asking for them makes it one.</summary>
    public List<DerNode> Children => _children ??= ParseAll(Content);

    /// <summary>The child at a path of positions.</summary>
    public DerNode this[params int[] path] => path.Aggregate(this, (node, index) => node.Children[index]);

    /// <summary>Reads one value.</summary>
    public static DerNode Parse(byte[] der) => Assert.Single(ParseAll(der));

    /// <summary>Encodes it; lengths are minimal.</summary>
    public byte[] Encode()
    {
        var content = _children is null ? Content : [.. _children.SelectMany(child => child.Encode())];
        return [Tag, .. Length(content.Length), .. content];
    }

    /// <summary>A certificate's signed part is its first child; where there is a version, positions in it count from it.</summary>
    public static byte[] Change(byte[] certificate, Action<DerNode> change)
    {
        var node = Parse(certificate);
        change(node);
        return node.Encode();
    }

    private static byte[] Length(int length) => length switch
    {
        < 0x80 => [(byte)length],
        < 0x100 => [0x81, (byte)length],
        _ => [0x82, (byte)(length >> 8), (byte)length],
    };

    private static List<DerNode> ParseAll(byte[] content)
    {
        var nodes = new List<DerNode>();
        var reader = new DerReader(content);
        while (!reader.IsEmpty)
        {
            Assert.True(reader.TryRead(out var tag, out var value));
            nodes.Add(new DerNode(tag, value.ToArray()));
        }

        return nodes;
    }
}

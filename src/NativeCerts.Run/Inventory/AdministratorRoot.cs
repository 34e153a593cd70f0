using NativeCerts.Certificates;
using NativeCerts.Files;

namespace NativeCerts.Run.Inventory;

/// <summary>A certificate that an administrator put where the distribution takes roots from.</summary>
/// <param name="Path">The file.</param>
/// <param name="Der">The certificate.</param>
internal sealed record AdministratorRoot(string Path, byte[] Der)
{
    /// <summary>Where distributions let administrators put roots, and what brings them into force: update-ca-certificates(8), update-ca-trust(8).</summary>
    private static readonly (string Folder, string Command)[] Folders =
    [
        ("/usr/local/share/ca-certificates", "sudo update-ca-certificates"), // Debian, Ubuntu, Alpine, Gentoo
        ("/etc/pki/ca-trust/source/anchors", "sudo update-ca-trust"), // Fedora, RHEL
        ("/etc/pki/trust/anchors", "sudo update-ca-certificates"), // openSUSE
        ("/etc/ca-certificates/trust-source/anchors", "sudo update-ca-trust"), // Arch
    ];

    /// <summary>The command that brings it into force.</summary>
    public string Command => Folders.First(each => Path.Contains(each.Folder, StringComparison.Ordinal)).Command;

    /// <summary>Finds them all.</summary>
    /// <param name="root">The folder that stands for <c>/</c>.</param>
    public static IReadOnlyList<AdministratorRoot> Find(string root = "/") =>
        [.. Folders.SelectMany(each => Files(root == "/" ? each.Folder : root + each.Folder)).SelectMany(file => Certificates(file).Select(der => new AdministratorRoot(file, der)))];

    private static string[] Files(string folder)
    {
        try
        {
            return [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private static List<byte[]> Certificates(string file)
    {
        var found = new List<byte[]>();
        if (FileContent.Read(file, out var content) is not null) return found;
        if (DerFile.Classify(content.Span) is DerFileKind.Certificate)
        {
            found.Add(content[..DerReader.FirstValueLength(content.Span)].ToArray());
            return found;
        }

        var reader = new PemReader(content.Span);
        var (scratch, der) = (new byte[content.Length], new byte[content.Length]);
        while (reader.Read())
        {
            if (reader.Label is PemLabel.Other or PemLabel.PrivateKey || !PemBody.TryDecode(reader.Body, scratch, der, out var written)) continue;
            if (DerReader.FirstValueLength(der.AsSpan(0, written)) is > 0 and var length) found.Add(der[..length]);
        }

        return found;
    }
}

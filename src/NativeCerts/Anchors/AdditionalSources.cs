using NativeCerts.Certificates;
using NativeCerts.Files;

namespace NativeCerts.Anchors;

/// <summary>
/// Reads what the user names on top of the store: files, PEM or DER, and folders of such. Where a required source gives no
/// anchor at all, each thing that is wrong with it is an error; in all other cases it is a warning.
/// </summary>
internal sealed class AdditionalSources(RootCollection collection, ReadFiles readFiles)
{
    private static readonly string[] _extensions = [".pem", ".crt", ".cer", ".der"];

    /// <summary>Reads one source.</summary>
    public void Add(AdditionalSource source)
    {
        if (readFiles.Contains(source.Path)) return;
        var first = collection.Problems.Count;
        var usable = source.Path.Length > 0 && Directory.Exists(source.Path) ? AddFolder(source) : AddFile(source, source.Path);
        if (usable > 0) readFiles.Add(source.Path);
        else if (source.Required) MakeErrors(first);
    }

    private int AddFolder(AdditionalSource source)
    {
        if (FolderListing.Open(source.Path, out var listing) is { } failure)
        {
            Report(source, source.Path, failure, null);
            return 0;
        }

        using (listing)
        {
            var usable = 0;
            var names = listing!.Names(IsCertificateName);
            foreach (var name in names)
            {
                var path = Path.Combine(source.Path, name);
                if (FileContent.ReadEntry(listing.Descriptor, name, out var content) is { } reason) Report(source, path, reason, null);
                else usable += AddContent(source, path, content, isNamed: false);
            }

            if (usable == 0)
            {
                Report(source, source.Path, "is a folder without a usable certificate",
                    "it is searched for files that end in .pem, .crt, .cer or .der, and for those with hashed names such as `1a2b3c4d.0`");
            }

            return usable;
        }
    }

    private int AddFile(AdditionalSource source, string path)
    {
        if (FileContent.Read(path, out var content) is { } failure)
        {
            Report(source, path, failure, "name a PEM or DER file that holds the certificate of an authority, or a folder of such");
            return 0;
        }

        return AddContent(source, path, content, isNamed: true);
    }

    private int AddContent(AdditionalSource source, string path, Memory<byte> content, bool isNamed)
    {
        var file = new CertificateSource(path, source.Origin, AuthorityRule.AuthorityOrSelfSigned, TrustProblemSeverity.Warning);
        var outcome = collection.AddPem(content, file);
        if (outcome.Certificates > 0) return outcome.Usable;
        if (outcome.HasPrivateKey)
        {
            // In a folder a key beside its certificate is what one expects; the key is not read either way.
            if (isNamed) Report(source, path, "holds a private key and no certificate", "give the certificate of the authority, never its key");
            return 0;
        }

        var kind = DerFile.Classify(content.Span);
        if (kind == DerFileKind.Certificate) return collection.AddDer(content, file).Usable;
        var hint = kind switch
        {
            DerFileKind.Pkcs12 => $"it looks like a PKCS #12 file: `openssl pkcs12 -in {path} -nokeys -out ca.pem` takes the certificates out of it",
            DerFileKind.Pkcs7 => $"it looks like a PKCS #7 file: `openssl pkcs7 -inform DER -in {path} -print_certs -out ca.pem` takes the certificates out of it",
            _ => "give a PEM or DER file",
        };
        if (kind == DerFileKind.PrivateKey) Report(source, path, "holds a private key and no certificate", "give the certificate of the authority, never its key");
        else Report(source, path, content.IsEmpty ? "is empty" : "holds no certificate", hint);
        return 0;
    }

    private void Report(AdditionalSource source, string path, string reason, string? hint)
    {
        var subject = path == source.Path ? $"`{path}`, which `{source.Origin}` names," : $"`{path}` in the folder that `{source.Origin}` names";
        collection.Problems.Add(new TrustProblem(TrustProblemSeverity.Warning, path, $"{subject} {reason}", hint));
    }

    private void MakeErrors(int first)
    {
        var problems = collection.Problems;
        for (var index = first; index < problems.Count; index++) problems[index] = problems[index] with { Severity = TrustProblemSeverity.Error };
    }

    private static bool IsCertificateName(ReadOnlySpan<byte> name)
    {
        if (HashedName.Is(name)) return true;
        if (name.Length < 5) return false;
        foreach (var extension in _extensions)
        {
            if (System.Text.Ascii.EqualsIgnoreCase(name[^4..], extension)) return true;
        }

        return false;
    }
}

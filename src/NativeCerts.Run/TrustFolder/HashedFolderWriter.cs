using System.Globalization;
using NativeCerts.Certificates;

namespace NativeCerts.Run.TrustFolder;

/// <summary>Writes a hashed folder (OpenSSL, <c>openssl rehash</c>) that holds each root, with the names that its readers look for.</summary>
internal static class HashedFolderWriter
{
    /// <summary>Writes the roots into a folder that exists.</summary>
    /// <param name="folder">The run's folder.</param>
    /// <param name="name">The folder's name below it.</param>
    /// <param name="roots">The roots.</param>
    /// <param name="isComplete">Whether each root gets both names: OpenSSL and bun look for <c>hash.n</c>, Guile and Haskell for <c>*.pem</c>.</param>
    /// <returns>The name of each root's file, in the order of the roots.</returns>
    public static IReadOnlyList<string> Write(RunFolder folder, string name, IReadOnlyList<TrustedRoot> roots, bool isComplete)
    {
        var names = new HashedNames();
        var files = new List<string>(roots.Count);
        foreach (var root in roots)
        {
            var file = names.Next(SubjectHash.Compute(root.Der.Span).ToString("x8", CultureInfo.InvariantCulture));
            files.Add(file);
            folder.Write($"{name}/{file}", PemWriter.Encode([root]));
            if (isComplete) folder.Link(file, $"{name}/{SecondName(file)}");
        }

        return files;
    }

    /// <summary>The second name of a root's file.</summary>
    public static string SecondName(string file) => file.Replace('.', '-') + ".pem";
}

using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace NativeCerts.Run.DotNet.Audit;

/// <summary>What an assembly references, read from its metadata tables alone: enough to leave out nearly all of them before any code is read.</summary>
internal sealed class AssemblyOutline
{
    private const string NotDotNet = "not a .NET assembly";

    private readonly HashSet<string> _types = new(StringComparer.Ordinal);
    private readonly HashSet<string> _members = new(StringComparer.Ordinal);

    private AssemblyOutline(string name) => Name = name;

    /// <summary>The assembly's simple name.</summary>
    public string Name { get; }

    /// <summary>Whether a text in the code can be a connection string that rules speak about.</summary>
    public bool HasConnectionText { get; private init; }

    /// <summary>The metadata tokens of the methods that have the shape of a TLS callback.</summary>
    public IReadOnlyList<int> CallbackTokens { get; private init; } = [];

    /// <summary>Whether a type of this name is referenced or defined, by whatever namespace.</summary>
    public bool HasType(string name) => _types.Contains(name);

    /// <summary>Whether a member of this name of another assembly, or a method of this one, is referenced.</summary>
    public bool HasMember(string name) => _members.Contains(name);

    /// <summary>Reads it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="types">The names of types that matter.</param>
    /// <param name="members">The names of members that matter.</param>
    /// <param name="reason">Why it is no .NET assembly, where it is none.</param>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static AssemblyOutline? Read(string path, IReadOnlySet<string> types, IReadOnlySet<string> members, out string? reason)
    {
        reason = null;
        try
        {
            using var file = File.OpenRead(path);
            Span<byte> signature = stackalloc byte[2];
            if (file.ReadAtLeast(signature, 2, throwOnEndOfStream: false) < 2 || !signature.SequenceEqual("MZ"u8))
            {
                reason = NotDotNet;
                return null;
            }

            file.Position = 0;
            using var image = new PEReader(file);
            if (!image.HasMetadata)
            {
                reason = NotDotNet;
                return null;
            }

            var metadata = image.GetMetadataReader();
            if (!metadata.IsAssembly)
            {
                reason = "a module without an assembly";
                return null;
            }

            var outline = new AssemblyOutline(metadata.GetString(metadata.GetAssemblyDefinition().Name)) { HasConnectionText = ConnectionTexts.Contains(metadata), CallbackTokens = CallbackShapes.Find(metadata) };
            outline.Collect(metadata, types, members);
            return outline;
        }
        catch (Exception e) when (e is BadImageFormatException or ArgumentException or InvalidOperationException or OverflowException)
        {
            reason = "broken";
            return null;
        }
    }

    private void Collect(MetadataReader metadata, IReadOnlySet<string> types, IReadOnlySet<string> members)
    {
        var comparer = metadata.StringComparer;
        foreach (var handle in metadata.TypeReferences) Add(metadata.GetTypeReference(handle).Name, types, _types);
        foreach (var handle in metadata.TypeDefinitions) Add(metadata.GetTypeDefinition(handle).Name, types, _types);
        foreach (var handle in metadata.MemberReferences) Add(metadata.GetMemberReference(handle).Name, members, _members);
        foreach (var handle in metadata.MethodDefinitions) Add(metadata.GetMethodDefinition(handle).Name, members, _members);

        void Add(StringHandle name, IReadOnlySet<string> wanted, HashSet<string> found)
        {
            // Nearly none is wanted, and comparing makes no string.
            foreach (var each in wanted)
            {
                if (!comparer.Equals(name, each)) continue;
                found.Add(each);
                return;
            }
        }
    }
}

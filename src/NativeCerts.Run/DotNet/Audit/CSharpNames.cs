using Mono.Cecil;

namespace NativeCerts.Run.DotNet.Audit;

/// <summary>Names of types and methods as the source has them, where the compiler has made others of lambdas, local functions and state machines.</summary>
/// <remarks>https://github.com/dotnet/roslyn/blob/main/src/Compilers/CSharp/Portable/Symbols/Synthesized/GeneratedNameKind.cs</remarks>
internal static class CSharpNames
{
    /// <summary>The type that the source has: of a closure, the type around it.</summary>
    public static string TypeOf(MethodReference method)
    {
        var type = method.DeclaringType.GetElementType();
        while (type.DeclaringType is { } outer && IsGenerated(type.Name)) type = outer;
        return Plain(type.FullName.Replace('/', '.'));
    }

    /// <summary>The method that the source has, with what stands in it: <c>Main, lambda</c>.</summary>
    public static string MethodOf(MethodReference method)
    {
        if (Split(method.Name) is { } generated) return generated;
        // The body of an async method or an iterator is MoveNext of a type that has the method's name.
        for (var type = method.DeclaringType.GetElementType(); type is not null; type = type.DeclaringType)
        {
            if (Split(type.Name) is { } outer) return outer;
        }

        return method.Name switch
        {
            ".ctor" => Plain(method.DeclaringType.Name),
            ".cctor" => $"static {Plain(method.DeclaringType.Name)}",
            _ => method.Name,
        };
    }

    /// <summary>The name of the method that a lambda or a local function stands in, or <see langword="null"/>.</summary>
    public static string? Around(MethodReference method) => method.Name is ['<', ..] && Closing(method.Name) is > 1 and var end ? method.Name[1..end] : null;

    /// <summary>A member for messages: <c>HttpClientHandler.ServerCertificateCustomValidationCallback</c>.</summary>
    public static string Member(MethodReference method)
    {
        var type = Plain(method.DeclaringType.GetElementType().Name);
        if (method.Name == ".ctor") return type;
        return $"{type}.{(method.Name.StartsWith("set_", StringComparison.Ordinal) || method.Name.StartsWith("get_", StringComparison.Ordinal) || method.Name.StartsWith("add_", StringComparison.Ordinal) ? method.Name[4..] : method.Name)}";
    }

    private static bool IsGenerated(string name) => name.StartsWith('<') || name.Contains("$_", StringComparison.Ordinal) || name.Contains('@');

    private static string Plain(string name)
    {
        var tick = name.IndexOf('`');
        return tick < 0 ? name : name[..tick];
    }

    private static string? Split(string name)
    {
        if (name is not ['<', ..]) return null;
        var end = Closing(name);
        if (end <= 1) return null;
        var outer = Split(name[1..end]) ?? name[1..end];
        return name.AsSpan(end + 1) switch
        {
            ['b', ..] => $"{outer}, lambda",
            ['g', '_', '_', .. var local] when local.IndexOf('|') is >= 0 and var bar => $"{outer}.{local[..bar]}",
            _ => outer,
        };
    }

    private static int Closing(string name)
    {
        var depth = 0;
        for (var at = 0; at < name.Length; at++)
        {
            depth += name[at] switch { '<' => 1, '>' => -1, _ => 0 };
            if (depth == 0) return at;
        }

        return -1;
    }
}

using Mono.Cecil;
using Mono.Cecil.Cil;
using NativeCerts.Run.DotNet.Audit.Evaluation;

namespace NativeCerts.Run.DotNet.Audit;

/// <summary>Methods that decide on a server's certificate, and what they say to each error that .NET has found.</summary>
internal static class Callbacks
{
    // https://learn.microsoft.com/en-us/dotnet/api/system.net.security.sslpolicyerrors
    private const int NameMismatch = 2, ChainErrors = 4;

    /// <summary>Whether a method has the shape that TLS callbacks have: (..., chain, errors) to a truth.</summary>
    /// <remarks>https://learn.microsoft.com/en-us/dotnet/api/system.net.security.remotecertificatevalidationcallback</remarks>
    public static bool IsCallback(MethodDefinition method) =>
        method.ReturnType.MetadataType is MetadataType.Boolean
        && method.HasBody
        && method.Parameters is [.., { ParameterType.Name: "X509Chain" }, { ParameterType.Name: "SslPolicyErrors" }];

    /// <summary>What it accepts that .NET does not.</summary>
    public static CallbackVerdict Judge(MethodDefinition method)
    {
        var (name, chain) = (Accepts(method, NameMismatch), Accepts(method, ChainErrors));
        return (name, chain, name && chain && Accepts(method, NameMismatch | ChainErrors)) switch
        {
            (_, _, true) => CallbackVerdict.AcceptsAnything,
            (_, true, _) => CallbackVerdict.AcceptsAnyChain,
            (true, _, _) => CallbackVerdict.AcceptsAnyName,
            _ => CallbackVerdict.Sound,
        };
    }

    /// <summary>Whether a method returns true whatever it is given.</summary>
    public static bool IsAlwaysTrue(MethodDefinition method) => method.ReturnType.MetadataType is MetadataType.Boolean && IsTrue(MethodEvaluator.Evaluate(method, Given(method)));

    /// <summary>The instruction that a finding points at: the first return.</summary>
    public static Instruction ReturnOf(MethodDefinition method) => method.Body.Instructions.First(instruction => instruction.OpCode.Code is Code.Ret);

    private static bool Accepts(MethodDefinition method, int errors)
    {
        var arguments = Given(method);
        arguments[^1] = errors;
        return IsTrue(MethodEvaluator.Evaluate(method, arguments));
    }

    private static bool IsTrue(Answer answer) => answer is { MayThrow: false, Value: not (null or 0) };

    // Some certificate, of which nothing is known but that it is there.
    private static int?[] Given(MethodDefinition method)
    {
        var arguments = method.Parameters.Select(parameter => parameter.ParameterType.IsValueType ? (int?)null : MethodEvaluator.SomeObject);
        return method.HasThis ? [MethodEvaluator.SomeObject, .. arguments] : [.. arguments];
    }
}

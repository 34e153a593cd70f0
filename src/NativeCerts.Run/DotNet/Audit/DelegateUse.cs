using Mono.Cecil;
using Mono.Cecil.Cil;

namespace NativeCerts.Run.DotNet.Audit;

/// <summary>One place where a method is made into a delegate.</summary>
/// <param name="In">The code that does it.</param>
/// <param name="At">The instruction.</param>
/// <param name="DelegateType">The delegate's type.</param>
/// <param name="Taker">The call that is given it, where that is plain.</param>
internal sealed record DelegateUse(MethodDefinition In, Instruction At, TypeReference DelegateType, (Instruction At, MethodReference Called)? Taker);

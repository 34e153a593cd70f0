using System.Globalization;

namespace NativeCerts.Run.Explain;

/// <summary>What a list of revoked certificates, or a responder, says of one certificate.</summary>
/// <param name="Since">When it was revoked; <see langword="null"/> where it is not.</param>
/// <param name="Reason">The reason's number (RFC 5280, 5.3.1); <see langword="null"/> where none is given.</param>
/// <param name="AsOf">The moment for which that holds.</param>
internal sealed record RevocationAnswer(DateTimeOffset? Since, int? Reason, DateTimeOffset AsOf)
{
    private static readonly string[] Reasons = ["unspecified", "keyCompromise", "cACompromise", "affiliationChanged", "superseded", "cessationOfOperation", "certificateHold", "", "removeFromCRL", "privilegeWithdrawn", "aACompromise"];

    /// <summary>The reason by its name, in brackets and with a space in front; empty where none is given.</summary>
    public string Why => Reason is not { } number ? "" : number >= 0 && number < Reasons.Length ? $" ({Reasons[number]})" : $" (reason {number.ToString(CultureInfo.InvariantCulture)})";
}

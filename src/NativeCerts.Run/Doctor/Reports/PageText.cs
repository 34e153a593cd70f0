using System.Net;
using System.Text;

namespace NativeCerts.Run.Doctor.Reports;

/// <summary>Text for a page: all of it is escaped here, whoever wrote it.</summary>
internal static class PageText
{
    /// <summary>Text that somebody else may have written, such as a certificate's.</summary>
    public static string Escape(string text) => WebUtility.HtmlEncode(text);

    /// <summary>A sentence of ours: what stands in backticks is code.</summary>
    public static string Sentence(string sentence)
    {
        var html = new StringBuilder();
        var parts = sentence.Split('`');
        for (var at = 0; at < parts.Length; at++) html.Append(at % 2 == 1 && at < parts.Length - 1 ? $"<code>{Escape(parts[at])}</code>" : Escape(parts[at]));
        return html.ToString();
    }

    /// <summary>A word or a few with a colour, which says nothing that the words don't.</summary>
    /// <param name="color">The class of the colour; empty for none.</param>
    /// <param name="words">The words, nobody's but ours.</param>
    public static string Label(string color, string words) => $"<span class=\"label{(color.Length > 0 ? " " + color : "")}\">{words}</span>";
}

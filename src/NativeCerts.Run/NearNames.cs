namespace NativeCerts.Run;

/// <summary>What a mistyped name may have meant.</summary>
internal static class NearNames
{
    /// <summary>The known names that are nearest to a name, in their order, each once; none where nothing is near.</summary>
    public static IReadOnlyList<string> Find(string name, IEnumerable<string> known)
    {
        // One slip in a short name, two in a long one; a one-letter name is near to everything.
        var best = name.Length switch { < 2 => 0, < 6 => 1, _ => 2 };
        var found = new List<string>();
        foreach (var other in known)
        {
            if (Math.Abs(other.Length - name.Length) > best) continue;
            var distance = Distance(other, name);
            if (distance > best) continue;
            if (distance < best) found.Clear();
            best = distance;
            if (!found.Contains(other)) found.Add(other);
        }

        return found;
    }

    /// <summary>How many letters differ, are missing, too much, or swapped with their neighbour (optimal string alignment).</summary>
    private static int Distance(string a, string b)
    {
        var rows = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++) rows[i, 0] = i;
        for (var j = 0; j <= b.Length; j++) rows[0, j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            for (var j = 1; j <= b.Length; j++)
            {
                var replaced = rows[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                rows[i, j] = Math.Min(Math.Min(rows[i - 1, j], rows[i, j - 1]) + 1, replaced);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) rows[i, j] = Math.Min(rows[i, j], rows[i - 2, j - 2] + 1);
            }
        }

        return rows[a.Length, b.Length];
    }
}

using System.Text;
using System.Text.Json;

namespace NativeCerts.Run.Shell.Formats;

/// <summary>
/// JSON for programs: an object of values by name, null for a variable that has to be taken away; explained, a list of objects with <c>name</c>, <c>value</c>,
/// <c>profile</c>, <c>why</c> and <c>displaced</c>.
/// </summary>
internal sealed class JsonFormat() : EnvironmentFormat("json")
{
    /// <inheritdoc/>
    public override string Print(IReadOnlyList<SessionVariable> variables, bool explained, Action<string> note)
    {
        using var output = new MemoryStream();
        using (var json = new Utf8JsonWriter(output, new() { Indented = true }))
        {
            if (explained) json.WriteStartArray();
            else json.WriteStartObject();
            foreach (var variable in variables.Where(variable => IsText(variable, note)))
            {
                var value = variable.Value is { } bytes ? Encoding.UTF8.GetString(bytes) : null;
                if (!explained)
                {
                    json.WriteString(variable.Name, value);
                    continue;
                }

                json.WriteStartObject();
                json.WriteString("name", variable.Name);
                json.WriteString("value", value);
                json.WriteString("profile", variable.Plan?.Profile);
                json.WriteString("why", variable.Plan?.Why ?? Explain(variable));
                json.WriteString("displaced", variable.Plan?.UserValue);
                json.WriteEndObject();
            }

            if (explained) json.WriteEndArray();
            else json.WriteEndObject();
        }

        return Wire(output.ToArray()) + "\n";
    }
}

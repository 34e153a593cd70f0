using System.Text.Json;

namespace NativeCerts.Run.Inventory;

/// <summary>Lists in what is printed for programs.</summary>
internal static class JsonLists
{
    /// <summary>Writes a property that is a list of objects.</summary>
    /// <param name="json">Where to.</param>
    /// <param name="name">The property's name.</param>
    /// <param name="items">What the objects are made of.</param>
    /// <param name="write">Writes the properties of one.</param>
    public static void Write<T>(Utf8JsonWriter json, string name, IEnumerable<T> items, Action<T> write)
    {
        json.WriteStartArray(name);
        foreach (var item in items)
        {
            json.WriteStartObject();
            write(item);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}

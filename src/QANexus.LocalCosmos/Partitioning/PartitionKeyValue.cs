using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;
using QANexus.LocalCosmos.Documents;

namespace QANexus.LocalCosmos.Partitioning;

/// <summary>A partition key, whole or (of a hierarchical key) a prefix. Equality is by typed value.</summary>
internal sealed record PartitionKeyValue(IReadOnlyList<PartitionKeyComponent> Components)
{
    /// <summary>The service's limit on the hashed form of a key.</summary>
    public const int MaxBytes = 2048;

    /// <summary>Parses the header's JSON array; <c>[{}]</c> is the key of documents without one.</summary>
    public static bool TryParse(string json, [NotNullWhen(true)] out PartitionKeyValue? key)
    {
        key = null;
        if (!JsonText.TryParse(Encoding.UTF8.GetBytes(json), out var document))
            return false;
        using (document)
        {
            if (document.RootElement.ValueKind != JsonValueKind.Array)
                return false;
            var components = new List<PartitionKeyComponent>(document.RootElement.GetArrayLength());
            foreach (var element in document.RootElement.EnumerateArray())
            {
                var isUndefined = element.ValueKind == JsonValueKind.Object && element.GetPropertyCount() == 0;
                if (!PartitionKeyComponent.TryRead(isUndefined ? null : element, out var component))
                    return false;
                components.Add(component);
            }

            key = new PartitionKeyValue(components);
            return true;
        }
    }

    /// <summary>Length of the hashed form, to hold against <see cref="MaxBytes"/>.</summary>
    public int CountBytes()
    {
        using var bytes = new MemoryStream();
        foreach (var component in Components)
            component.AppendTo(bytes);
        return (int)bytes.Length;
    }

    public bool Equals(PartitionKeyValue? other) => other is not null && Components.SequenceEqual(other.Components);

    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (var component in Components)
            hash.Add(component);
        return hash.ToHashCode();
    }

    /// <summary>The canonical JSON array: equal keys print equally.</summary>
    public override string ToString()
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStartArray();
            foreach (var component in Components)
                component.WriteTo(writer);
            writer.WriteEndArray();
        }

        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }
}

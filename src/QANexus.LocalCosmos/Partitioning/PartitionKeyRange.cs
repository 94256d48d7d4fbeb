using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using QANexus.LocalCosmos.ResourceIds;

namespace QANexus.LocalCosmos.Partitioning;

/// <summary>A physical partition: the stretch of the hash space that it serves, and the partitions it came from, oldest first.</summary>
internal sealed record PartitionKeyRange(int Id, EffectivePartitionKeyRange Keys, ImmutableArray<int> Parents)
{
    public string Name { get; } = Id.ToString(CultureInfo.InvariantCulture);

    public void WriteTo(Utf8JsonWriter writer, ContainerRid container, long timestamp)
    {
        var rid = new PartitionKeyRangeRid(container, (ulong)Id + 1);
        writer.WriteStartObject();
        writer.WriteString("_rid", rid.ToString());
        writer.WriteString("id", Name);
        writer.WriteString("_etag", $"\"{Name}\"");
        writer.WriteString("minInclusive", Keys.Min.ToString());
        writer.WriteString("maxExclusive", Keys.Max.ToString());
        writer.WriteNumber("ridPrefix", Id);
        writer.WriteString("_self", $"dbs/{container.Database}/colls/{container}/pkranges/{rid}/");
        writer.WriteNumber("throughputFraction", 1);
        writer.WriteString("status", "online");
        writer.WriteStartArray("parents");
        foreach (var parent in Parents)
            writer.WriteStringValue(parent.ToString(CultureInfo.InvariantCulture));
        writer.WriteEndArray();
        writer.WriteNumber("_ts", timestamp);
        writer.WriteEndObject();
    }
}

using System.Collections.Immutable;
using System.Text.Json;
using QANexus.LocalCosmos.Databases;
using QANexus.LocalCosmos.Partitioning;
using QANexus.LocalCosmos.ResourceIds;
using QANexus.LocalCosmos.Storage;

namespace QANexus.LocalCosmos.Containers;

/// <summary>A container as of one moment: a change of its definition or ranges makes a new one. Numbers are never given out twice.</summary>
internal sealed record Container(
    Database Database, uint Number, ContainerDefinition Definition, long Revision, long Timestamp, ImmutableArray<PartitionKeyRange> Ranges)
{
    /// <summary>The request units a second that it was created with; null for none, which is no limit.</summary>
    public int? Throughput { get; init; }

    public string Id => Definition.Id;

    public ContainerRid Rid { get; } = new(Database.Rid, Number);

    public string NamePath { get; } = $"dbs/{Database.Id}/colls/{Definition.Id}";

    public string ETag => Resources.ETag.Of(Number, Revision);

    /// <summary>The statements over the container's own tables.</summary>
    public DocumentStatements Statements { get; } = new(Number);

    /// <summary>The statements over the log of its versions.</summary>
    public VersionStatements VersionStatements { get; } = new(Number);

    /// <summary>Changes with every split, which adds ids and never reuses one.</summary>
    public string RangesETag => $"\"{Ranges.Max(range => range.Id)}\"";

    public PartitionKeyRange RangeOf(EffectivePartitionKey key) => Ranges.First(range => range.Keys.Contains(key));

    public PartitionKeyRange? FindRange(string id) => Ranges.FirstOrDefault(range => range.Name == id);

    public Container WithRanges(ImmutableArray<PartitionKeyRange> ranges) =>
        new(Database, Number, Definition, Revision, Timestamp, ranges) { Throughput = Throughput };

    public void WriteTo(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        Definition.WriteMembers(writer);
        writer.WriteString("_rid", Rid.ToString());
        writer.WriteString("_self", $"dbs/{Database.Rid}/colls/{Rid}/");
        writer.WriteString("_etag", ETag);
        writer.WriteNumber("_ts", Timestamp);
        writer.WriteString("_docs", "docs/");
        writer.WriteString("_sprocs", "sprocs/");
        writer.WriteString("_triggers", "triggers/");
        writer.WriteString("_udfs", "udfs/");
        writer.WriteString("_conflicts", "conflicts/");
        writer.WriteEndObject();
    }
}

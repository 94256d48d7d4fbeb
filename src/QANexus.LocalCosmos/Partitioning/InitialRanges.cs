using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using QANexus.LocalCosmos.Documents;
using QANexus.LocalCosmos.Gateway;
using QANexus.LocalCosmos.Routing;

namespace QANexus.LocalCosmos.Partitioning;

/// <summary>The throughput that a new container is asked for, and the physical partitions that it takes: one for every 10,000 RU/s, as in the service.</summary>
internal static class InitialRanges
{
    private const int ThroughputPerRange = 10_000;
    private const int MaxRanges = 100;

    // Hashes have their two top bits clear.
    private const ulong KeySpace = 1UL << 62;

    public static ImmutableArray<PartitionKeyRange> For(int throughput)
    {
        var count = Math.Clamp((throughput + ThroughputPerRange - 1) / ThroughputPerRange, 1, MaxRanges);
        return [.. Enumerable.Range(0, count).Select(id => new PartitionKeyRange(
            id, new EffectivePartitionKeyRange(Bound(id, count), Bound(id + 1, count)), []))];
    }

    private static EffectivePartitionKey Bound(int index, int count)
    {
        if (index == 0)
            return EffectivePartitionKey.Minimum;
        if (index == count)
            return EffectivePartitionKey.Maximum;
        Span<byte> bytes = stackalloc byte[EffectivePartitionKey.ComponentLength];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, (KeySpace / (ulong)count * (ulong)index) - 1);
        bytes[8..].Fill(0xFF);
        return EffectivePartitionKey.FromBytes(bytes);
    }

    /// <summary>0 where none is asked for.</summary>
    /// <exception cref="RequestRefusedException">400: the throughput is none.</exception>
    public static int Throughput(GatewayRequest request)
    {
        if (request.Header(CosmosHeaders.OfferAutopilot) is { } autopilot)
            return MaxThroughput(autopilot);
        if (request.Header(CosmosHeaders.OfferThroughput) is not { } fixedThroughput)
            return 0;
        return int.TryParse(fixedThroughput, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value <= ThroughputPerRange * MaxRanges
            ? value
            : throw Invalid(fixedThroughput);
    }

    private static int MaxThroughput(string autopilot)
    {
        if (!JsonText.TryParse(System.Text.Encoding.UTF8.GetBytes(autopilot), out var document))
            throw Invalid(autopilot);
        using (document)
        {
            return document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty("maxThroughput", out var value)
                && value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var throughput) && throughput is > 0 and <= ThroughputPerRange * MaxRanges
                ? throughput
                : throw Invalid(autopilot);
        }
    }

    private static RequestRefusedException Invalid(string throughput) =>
        RequestRefusedException.BadRequest($"'{throughput}' is not a throughput between 1 and {ThroughputPerRange * MaxRanges} RU/s.");
}

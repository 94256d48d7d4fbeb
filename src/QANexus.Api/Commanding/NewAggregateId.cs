using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using QANexus.EventStore.Streams;

namespace QANexus.Api.Commanding;

/// <summary>Names of aggregates that their creators left unnamed.</summary>
internal static class NewAggregateId
{
    private const int HashBytes = 16;

    /// <summary>The same for the same key, so that a repeat finds what the first request made; a new one where there is no key.</summary>
    public static AggregateId For(AggregateType type, CommitId? key) => AggregateId.Parse(key is { } given
        ? "k-" + Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes($"{type.Value}\n{given.Value}")).AsSpan(0, HashBytes))
        : Guid.CreateVersion7().ToString());
}

using QANexus.Domain.Releases;
using QANexus.EventStore.Streams;
using QANexus.EventStore.Views;

namespace QANexus.ReadModels;

/// <summary>What bugs and test runs say of the release that they belong to.</summary>
internal static class ReleaseLink
{
    /// <summary>The id of a release's document; null where nothing is linked, or something that no release can be called.</summary>
    public static ViewId? DocumentOf(string? releaseId) =>
        AggregateId.TryParse(releaseId, out var id) && ViewId.TryParse($"{ReleaseAggregate.TypeName}{StreamId.Separator}{id}", out var document) ? document : null;
}

using System.Security.Cryptography;
using System.Text;
using QANexus.EventStore.Appending;
using QANexus.EventStore.Failures;
using QANexus.EventStore.Json;
using QANexus.EventStore.Reading;
using QANexus.EventStore.Schemas;
using QANexus.EventStore.Streams;

namespace QANexus.Testing.Stores;

/// <summary>One stream of the model.</summary>
internal sealed class InMemoryStream(StreamId id)
{
    private readonly List<InMemoryCommit> commits = [];

    public StreamPosition Position => commits.Count == 0 ? StreamPosition.Start : commits[^1].End;

    public IEnumerable<RecordedEvent> Events => commits.SelectMany(static commit => commit.Events);

    public AppendResult Append(AppendRequest request, AppendAdmission admission, EventStoreException? refusal, DateTimeOffset now)
    {
        var commitId = request.CommitId ?? Derive(request.Events) ?? CommitId.Parse(Guid.CreateVersion7(now).ToString());
        if (commits.Find(commit => commit.CommitId == commitId) is { } earlier)
        {
            return earlier.IsRepeatedBy(request)
                ? new AppendResult.Appended(earlier.Receipt, IsReplay: true, InMemoryEventStore.RequestCharge)
                : new AppendResult.KeyReused(commitId, InMemoryEventStore.RequestCharge);
        }

        if (refusal is not null)
        {
            throw refusal;
        }

        if (!Meets(request.Expected))
        {
            return new AppendResult.VersionConflict(Position, InMemoryEventStore.RequestCharge);
        }

        var commit = Commit(request, admission, commitId, now);
        commits.Add(commit);
        return new AppendResult.Appended(commit.Receipt, IsReplay: false, InMemoryEventStore.RequestCharge);
    }

    public RefusalCheck Confirm(Refusal refusal)
    {
        if (Position.Commit > refusal.Seen.Commit)
        {
            return new RefusalCheck.Outdated(InMemoryEventStore.RequestCharge);
        }

        return commits.Find(commit => commit.CommitId == refusal.CommitId) switch
        {
            null => new RefusalCheck.Confirmed(InMemoryEventStore.RequestCharge),
            var earlier when earlier.IsRepeatedBy(refusal.Fingerprint) => new RefusalCheck.CarriedOut(earlier.Receipt, InMemoryEventStore.RequestCharge),
            var other => new RefusalCheck.KeyReused(other.CommitId, InMemoryEventStore.RequestCharge),
        };
    }

    /// <summary>Takes the data of the events of this id away, and returns them.</summary>
    public IReadOnlyList<RecordedEvent> Redact(EventId eventId, Redaction redaction)
    {
        for (var i = 0; i < commits.Count; i++)
        {
            commits[i] = commits[i] with
            {
                Events =
                [
                    .. commits[i].Events.Select(e => e.Id == eventId && e.Redaction is null
                        ? e with { Data = JsonObjectText.Parse("""{"redacted":true}"""), Metadata = null, Redaction = redaction }
                        : e),
                ],
            };
        }

        return [.. Events.Where(e => e.Id == eventId)];
    }

    /// <summary>Every commit before the first one that was stored after <paramref name="time"/>.</summary>
    public IEnumerable<RecordedEvent> AsOf(DateTimeOffset time) =>
        commits.TakeWhile(commit => commit.Receipt.StoredAt <= time).SelectMany(static commit => commit.Events);

    private bool Meets(ExpectedPosition expected) => expected switch
    {
        ExpectedPosition.AnyPosition => true,
        ExpectedPosition.ExistingStream => commits.Count > 0,
        ExpectedPosition.ExactVersion exact => Position.Version == exact.Version,
        ExpectedPosition.ExactPosition exact => Position == exact.Position,
        _ => throw new ArgumentOutOfRangeException(nameof(expected)),
    };

    private InMemoryCommit Commit(AppendRequest request, AppendAdmission admission, CommitId commitId, DateTimeOffset now)
    {
        var (commit, version) = (Position.Commit + 1, Position.Version);
        RecordedEvent[] events =
        [
            .. request.Events.Select((e, index) => new RecordedEvent
            {
                Id = e.Id ?? EventId.At(id, version + index + 1),
                Type = e.Type,
                SchemaVersion = admission.VersionOf(e),
                Stream = id,
                Version = version + index + 1,
                Commit = commit,
                OccurredAt = e.OccurredAt ?? now,
                StoredAt = now,
                Data = e.Data,
                Metadata = e.Metadata,
                Origin = request.Metadata.WithCorrelation(),
            }),
        ];
        var end = new StreamPosition(commit, version + events.Length);
        return new InMemoryCommit(
            request, new AppendReceipt(id, end, commitId, now, [.. events.Select(static e => new AppendedEvent(e.Id, e.Version))]), events);
    }

    private static CommitId? Derive(IReadOnlyList<NewEvent> events) => events.All(static e => e.Id is not null)
        ? CommitId.Parse(Convert.ToHexString(SHA256.HashData(Encoding.ASCII.GetBytes(string.Join('\n', events.Select(static e => e.Id))))))
        : null;
}

using System.Text;
using CsCheck;
using QANexus.EventStore.Cosmos.Commits;
using QANexus.EventStore.Cosmos.Privacy;
using QANexus.EventStore.Reading;
using QANexus.EventStore.Streams;

namespace QANexus.EventStore.Cosmos.Tests.Privacy;

/// <summary>What a redaction leaves as it was, to the byte.</summary>
public sealed class RedactedCommitTests
{
    private const string Record = """{"at":"2026-12-01T00:00:00.5Z","by":"dpo","reason":"art. 17 \"ä\""}""";

    private static readonly Redaction Redaction = new(new DateTimeOffset(2026, 12, 1, 0, 0, 0, 500, TimeSpan.Zero), "dpo", "art. 17 \"ä\"");

    private static readonly Gen<string> GenSpace = OneOf(string.Empty, string.Empty, " ", "\n\t ");

    /// <summary>Values whose text a parser and printer would change: numbers, escapes, spaces, names that look like ours.</summary>
    private static readonly Gen<string> GenValue = OneOf(
        "1.10", "1e2", "-0", "null", "true", "\"\"", "\"\\u00e4\\/\\\"ä\"", "\"events\"", "[ ]", "[1, {\"data\": [2]}]", "{ \"data\" : {\"x\":1.0} }",
        """{"metadata":{"redaction":null},"revision":7}""", """{"a":[[[{"b":"\ud83d\ude00"}]]]}""", "9007199254740991", "0.1000");

    private static readonly Gen<Member[]> GenUnknown =
        Gen.Select(OneOf("x", "datas", "_etag", "redacted", "the data"), GenValue, GenSpace, GenSpace, GenSpace, static (name, value, a, b, c) =>
            new Member(name, value, a, b, c)).Array[0, 3].Select(static members => members.DistinctBy(static m => m.Name).ToArray());

    private static readonly Gen<Member[]> GenEvent =
        from unknown in GenUnknown
        from spaces in GenSpace.Array[9]
        from data in GenValue
        from metadata in Gen.OneOf(Gen.Const((string?)null), GenValue.Select(static value => (string?)value))
        from members in Shuffled(
        [
            .. unknown,
            new Member("type", "\"A\"", spaces[0], spaces[1], spaces[2]),
            new Member("occurredAt", "\"2026-11-23T10:00:00Z\"", spaces[3], spaces[4], spaces[5]),
            new Member("data", data, spaces[6], spaces[7], spaces[8]),
            .. metadata is null ? Array.Empty<Member>() : [new Member("metadata", metadata, spaces[1], spaces[5], spaces[7])],
        ])
        select members;

    private static readonly Gen<Document> GenDocument =
        from events in GenEvent.Array[1, 5]
        from redacted in Gen.Bool.Array[events.Length]
        from unknown in GenUnknown
        from space in GenSpace
        from revision in Gen.OneOf(Gen.Const(0L), Gen.Long[1, 20])
        from members in Shuffled(
        [
            .. unknown,
            .. revision == 0 ? Array.Empty<Member>() : [new Member("revision", "R", space, string.Empty, space)],
            new Member("id", "\"0000000007\"", space, space, string.Empty),
            new Member("streamId", "\"A:1\"", string.Empty, space, string.Empty),
            new Member("version", "12", string.Empty, space, space),
            new Member("commitId", "\"k\"", string.Empty, string.Empty, string.Empty),
            new Member("fingerprint", "\"f\"", space, string.Empty, string.Empty),
            new Member("storedAt", "\"2026-11-23T10:00:00.0000000Z\"", string.Empty, string.Empty, space),
            new Member("events", "E", space, space, space),
        ])
        select new Document(members, events, redacted, revision, space);

    [Fact]
    public void Everything_but_the_data_of_the_events_named_stays_byte_for_byte() => GenDocument.Sample(document =>
    {
        var before = Encoding.UTF8.GetBytes(document.Print(redacted: false));
        var after = RedactedCommit.Print(before, document.Places, document.Revision + 1, Redaction);

        Assert.Equal(document.Print(redacted: true), Encoding.UTF8.GetString(after));
        var (read, original) = (CommitReader.Read(after, StreamId.Parse("A:1")), CommitReader.Read(before, StreamId.Parse("A:1")));
        Assert.Equal((document.Revision + 1, original.End), (read.Revision, read.End));
        Assert.All(read.Events.Zip(original.Events), (pair, index) =>
        {
            var (now, then) = pair;
            var isRedacted = document.Places.Contains(index);
            Assert.Equal(isRedacted ? Redaction : null, now.Redaction);
            Assert.Equal(isRedacted ? """{"redacted":true}""" : then.Data.ToString(), now.Data.ToString());
            Assert.Equal(isRedacted ? null : then.Metadata?.ToString(), now.Metadata?.ToString());
        });
    });

    [Fact]
    public void A_record_that_says_nothing_gives_way_to_one_that_does()
    {
        const string Before = """{"id":"0000000001","events":[{"redaction":null,"metadata":{},"type":"A","data":{"a":1}}]}""";
        var after = RedactedCommit.Print(Encoding.UTF8.GetBytes(Before), new HashSet<int> { 0 }, 1, Redaction);
        Assert.Equal(
            $$$"""{"id":"0000000001","events":[{"type":"A","data":{"redacted":true},"redaction":{{{Record}}}}],"revision":1}""", Encoding.UTF8.GetString(after));
    }

    private static Gen<string> OneOf(params string[] choices) => Gen.Int[0, choices.Length - 1].Select(index => choices[index]);

    private static Gen<Member[]> Shuffled(Member[] members) => Gen.Shuffle(members);

    public sealed record Member(string Name, string Value, string Before, string AfterName, string AfterValue)
    {
        public string Print(string? value = null) => $"\"{Name}\"{AfterName}:{AfterName}{value ?? Value}";
    }

    public sealed record Document(Member[] Members, Member[][] Events, bool[] Redacted, long Revision, string Space)
    {
        public HashSet<int> Places => [.. Redacted.Index().Where(static e => e.Item).Select(static e => e.Index)];

        public string Print(bool redacted)
        {
            var events = Events.Select((e, index) => PrintEvent(e, redacted && Redacted[index]));
            var revision = redacted ? Revision + 1 : Revision;
            var members = Members.Select(m => m.Before + m.Print(m.Value switch
            {
                "E" => $"[{Space}{string.Join($",{Space}", events)}{Space}]",
                "R" => revision.ToString(System.Globalization.CultureInfo.InvariantCulture),
                var value => value,
            }) + m.AfterValue);
            var added = redacted && Revision == 0 ? ",\"revision\":1" : string.Empty;
            return $"{{{string.Join(',', members)}{added}}}";
        }

        /// <summary>A member that goes takes the comma before it along; the first, having none, the one after it.</summary>
        private static string PrintEvent(Member[] members, bool redacted)
        {
            var text = new StringBuilder("{");
            var isFirst = true;
            string pending = members[0].Before;
            foreach (var (index, member) in members.Index())
            {
                var after = member.AfterValue + (index + 1 < members.Length ? "," + members[index + 1].Before : string.Empty);
                if (redacted && member.Name == "metadata")
                {
                    pending = isFirst ? pending : after;
                    continue;
                }

                text.Append(pending).Append(member.Print(redacted && member.Name == "data" ? """{"redacted":true}""" : null));
                (pending, isFirst) = (after, false);
            }

            return text.Append(pending).Append(redacted ? $",\"redaction\":{Record}" : string.Empty).Append('}').ToString();
        }
    }
}

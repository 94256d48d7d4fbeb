using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using CsCheck;
using QANexus.EventStore.Failures;
using QANexus.EventStore.Streams;
using QANexus.EventStore.Upcasting;
using static QANexus.EventStore.Tests.Upcasting.Stored;

namespace QANexus.EventStore.Tests.Upcasting;

/// <summary>What holds for every catalogue, made of few types and versions so that right and wrong ones come about equally.</summary>
public sealed class UpcastPropertyTests
{
    private static readonly EventType[] Types = [Approved, Published, Legacy];

    private static readonly Gen<EventTypeVersion> GenVersion =
        Gen.Select(Gen.Int[0, 2], Gen.Int[1, 3], static (type, version) => new EventTypeVersion(Types[type], version));

    private static readonly Gen<Registration> GenStep = Gen.Select(
        GenVersion, Gen.Int[0, 9], GenVersion, GenVersion, static (from, kind, target, second) => new Registration(from, kind, target, second));

    /// <summary>One path through every version of every type, so that most are valid, and sometimes a step or two too many or too few.</summary>
    private static readonly Gen<Registration[]> GenRegistrations = Gen.Select(
        GenStep.Array[0, 2],
        Gen.Int[0, 9].Array[9],
        GenVersion.Array[9],
        Gen.Int[0, 40],
        static (extra, kinds, targets, missing) =>
            Types.SelectMany((type, t) => Enumerable.Range(1, 2).Select(version =>
                    new Registration(new EventTypeVersion(type, version), kinds[(t * 3) + version], Forward(type, targets[(t * 3) + version]), new EventTypeVersion(Approved, 3))))
                .Where((_, index) => index != missing)
                .Concat(extra.Take(missing % 7 == 0 ? 2 : 0))
                .ToArray());

    [Fact]
    public void The_order_of_registrations_means_nothing()
    {
        var valid = 0;
        GenRegistrations.SelectMany(static all => Gen.Shuffle(all).Select(shuffled => (All: all, Shuffled: shuffled))).Sample(
            pair =>
            {
                var outcome = Outcome(pair.All);
                Interlocked.Add(ref valid, outcome.StartsWith("The event catalogue", StringComparison.Ordinal) ? 0 : 1);
                Assert.Equal(outcome, Outcome(pair.Shuffled));
            },
            iter: 2_000);
        Assert.InRange(valid, 200, 1_900);
    }

    [Fact]
    public void A_valid_catalogue_brings_every_stored_version_to_where_it_stays_and_always_to_the_same() =>
        GenRegistrations.Select(Build).Where(static catalog => catalog is not null).Select(GenVersion, Gen.Bool).Sample(
            static input =>
            {
                var (catalog, stored, redacted) = input;
                var e = Event(stored.Type, Math.Min(stored.Version, catalog!.LatestVersion(stored.Type)), """{"n":1.50}""", redacted: redacted);

                var first = catalog.UpcastAsync(e).GetAwaiter().GetResult();
                var second = catalog.UpcastAsync(e).GetAwaiter().GetResult();

                Assert.Equal(first, second);
                Assert.All(first, catalog.IsLatestOf);
                Assert.All(first, part => Assert.Contains(e.Type, catalog.StoredNamesOf(part.Type)));
                Assert.Equal(first.Count, first.Select(static part => part.Id).Distinct().Count());
                Assert.Equal(first.OrderBy(static part => part.Id.Value, StringComparer.Ordinal), first);
            },
            iter: 2_000);

    /// <summary>Keeps most targets from going back to types that lead here, which would be circles.</summary>
    private static EventTypeVersion Forward(EventType type, EventTypeVersion target) =>
        Array.IndexOf(Types, target.Type) < Array.IndexOf(Types, type) ? target : new EventTypeVersion(Types[0], 3);

    private static string Outcome(IEnumerable<Registration> registrations)
    {
        var builder = new EventCatalogBuilder();
        try
        {
            foreach (var registration in registrations)
            {
                registration.AddTo(builder);
            }

            var catalog = builder.Build();
            var events = Types.SelectMany(type => Enumerable.Range(1, catalog.LatestVersion(type)).Select(version => Event(type, version)));
            return string.Join('\n', catalog.Types.SelectMany(static type => type.Steps.Select(static step => step.ToString()).Prepend($"{type.Type} v{type.LatestVersion}")))
                + catalog.FingerprintOf(Types)
                + string.Join('\n', events.SelectMany(e => catalog.UpcastAsync(e).GetAwaiter().GetResult()).Select(static e => e.Line()));
        }
        catch (InvalidEventCatalogException failure)
        {
            return failure.Message;
        }
    }

    private static EventCatalog? Build(Registration[] registrations)
    {
        var builder = new EventCatalogBuilder();
        foreach (var registration in registrations)
        {
            registration.AddTo(builder);
        }

        try
        {
            return builder.Build();
        }
        catch (InvalidEventCatalogException)
        {
            return null;
        }
    }

    /// <summary>A step of one of the kinds that there are.</summary>
    private sealed record Registration(EventTypeVersion From, int Kind, EventTypeVersion Target, EventTypeVersion Second)
    {
        public void AddTo(EventCatalogBuilder types)
        {
            types.Add(Target.Type);
            types.Add(Second.Type);
            var step = types.Add(From.Type).From(From.Version);
            _ = Kind switch
            {
                <= 5 => step.To(From.Version + 1, Mark),
                6 => step.RenameTo(Target.Type, Target.Version, (data, _) => Mark(data)),
                7 => step.SplitInto(parts => parts
                    .Into(Target.Type, Target.Version, static (data, _) => data)
                    .IntoMany(Second.Type, Second.Version, static (data, _) => [data, new JsonObject()])),
                8 => step.DropIf(static (data, _) => data.Count > 2, From.Version + 1),
                _ => step.Drop(),
            };
        }

        private void Mark(JsonObject data) => data[$"step{From.ToString()[^2..]}{data.Count.ToString(CultureInfo.InvariantCulture)}"] = JsonSerializer.SerializeToNode(From.Version);
    }
}

internal static class CatalogAssertions
{
    public static void IsLatestOf(this EventCatalog catalog, QANexus.EventStore.Reading.RecordedEvent e) => Assert.True(catalog.IsLatest(e), e.Line());
}

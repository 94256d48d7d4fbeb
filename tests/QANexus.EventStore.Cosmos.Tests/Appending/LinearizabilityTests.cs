using System.Collections.Concurrent;
using System.Globalization;
using CsCheck;
using QANexus.EventStore.Appending;
using QANexus.EventStore.Cosmos.Tests.Fixture;

namespace QANexus.EventStore.Cosmos.Tests.Appending;

/// <summary>
/// Runs random operations in parallel, from two processes. What each of them saw, and where the stream ended up, must be explained by some order
/// of the same operations on a plain list.
/// </summary>
public sealed class LinearizabilityTests : IAsyncLifetime
{
    private readonly ConcurrentBag<StoreFixture> fixtures = [];

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        foreach (var fixture in fixtures)
        {
            await fixture.DisposeAsync();
        }
    }

    [Fact]
    public void Appends_and_reads_have_an_order_that_explains_what_all_of_them_saw() =>
        Gen.Const(0).Select(_ => (Start(), new Model())).SampleParallel(
            Gen.Int[0, 9].Operation<Subject, Model>(
                static (subject, value) => Run(subject.AppendAsync(value)), static (model, value) => model.Append(value)),
            Gen.Int[0, 9].Operation<Subject, Model>(
                static (subject, value) => Run(subject.BeginAsync(value)), static (model, value) => model.Begin(value)),
            Gen.Bool.Operation<Subject, Model>(
                static (subject, _) => Run(subject.ReadAsync()), static (model, _) => model.Read()),
            equal: static (subject, model) => subject.Describe() == model.Describe(),
            iter: 80,
            threads: 3);

    private static void Run(Task operation) => operation.GetAwaiter().GetResult();

    private Subject Start()
    {
        var fixture = StoreFixture.StartAsync().GetAwaiter().GetResult();
        fixtures.Add(fixture);
        return new Subject(fixture.Store, fixture.StartProcess().For("t1"));
    }

    /// <summary>Two processes over one account, which take turns: each has its own client, sessions and memory of positions.</summary>
    private sealed class Subject(params ITenantEventStore[] processes)
    {
        private readonly ConcurrentBag<string> seen = [];
        private int turns;

        private ITenantEventStore Next => processes[(uint)Interlocked.Increment(ref turns) % processes.Length];

        public async Task AppendAsync(int value)
        {
            var result = await Next.AppendAsync(Some.Append(ExpectedPosition.Any, Event(value)), CancellationToken.None);
            seen.Add($"append {value} at {result.Position().Version}");
        }

        public async Task BeginAsync(int value)
        {
            var result = await Next.AppendAsync(Some.Append(ExpectedPosition.NoStream, Event(value)), CancellationToken.None);
            seen.Add(result is AppendResult.Appended ? $"begin {value}" : "begin refused");
        }

        public async Task ReadAsync() => seen.Add("read " + await ContentAsync());

        public string Describe() => Join(seen) + ContentAsync().GetAwaiter().GetResult();

        private async Task<string> ContentAsync() => string.Concat((await Next.ReadAllAsync(Some.Stream)).Select(static e => e.Data.ToString()[5]));

        private static NewEvent Event(int value) => Some.Event(data: $$"""{"v":{{value}}}""");
    }

    private sealed class Model
    {
        private readonly List<string> seen = [];
        private string content = string.Empty;

        public void Append(int value)
        {
            content += value.ToString(CultureInfo.InvariantCulture);
            seen.Add($"append {value} at {content.Length}");
        }

        public void Begin(int value)
        {
            seen.Add(content.Length == 0 ? $"begin {value}" : "begin refused");
            content = content.Length == 0 ? value.ToString(CultureInfo.InvariantCulture) : content;
        }

        public void Read() => seen.Add("read " + content);

        public string Describe() => Join(seen) + content;
    }

    private static string Join(IEnumerable<string> seen) => string.Join("; ", seen.Order(StringComparer.Ordinal)) + " -> ";
}

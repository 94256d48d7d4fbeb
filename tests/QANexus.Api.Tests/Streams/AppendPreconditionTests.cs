using System.Net;
using Microsoft.Extensions.DependencyInjection;
using QANexus.Api.Tests.Hosting;
using QANexus.EventStore;
using QANexus.EventStore.Appending;
using QANexus.EventStore.Signing;
using QANexus.EventStore.Streams;

namespace QANexus.Api.Tests.Streams;

public sealed class AppendPreconditionTests
{
    public static TheoryData<string, string, ExpectedPosition> Accepted => new()
    {
        { "X-None", "", ExpectedPosition.Any },
        { "If-None-Match", "*", ExpectedPosition.NoStream },
        { "If-Match", "*", ExpectedPosition.StreamExists },
        { "If-Match", "\"7\"", ExpectedPosition.AtVersion(7) },
        { "If-Match", "\"0\"", ExpectedPosition.NoStream },
        { "If-Match", "\"7.3\"", ExpectedPosition.Claimed(new StreamPosition(3, 7)) },
        { "If-Match", "\"7.3.AAAAAAAAAAA\"", ExpectedPosition.Claimed(new StreamPosition(3, 7)) },
        { "If-Match", "\"7.3.short\"", ExpectedPosition.Claimed(new StreamPosition(3, 7)) },
        { "If-Match", "\"0.0\"", ExpectedPosition.NoStream },
    };

    [Theory]
    [MemberData(nameof(Accepted))]
    public async Task A_precondition_says_what_the_store_is_to_expect(string header, string value, ExpectedPosition expected)
    {
        var store = new ScriptedEventStore();
        await using var host = await ApiHost.StartAsync(services => services.AddSingleton<IEventStore>(store));

        await host.AppendAsync(headers: (header, value));

        Assert.Equal(expected, store.Appended!.Expected);
    }

    [Theory]
    [InlineData("t1", "Requirement:req-1", true)]
    [InlineData("t2", "Requirement:req-1", false)]
    [InlineData("t1", "Requirement:req-2", false)]
    public async Task Only_a_tag_of_this_very_stream_makes_a_position_trusted(string tenant, string stream, bool trusted)
    {
        var store = new ScriptedEventStore();
        await using var host = await ApiHost.StartAsync(services => services.AddSingleton<IEventStore>(store));
        var position = new StreamPosition(3, 7);
        var tag = PositionTag.Create(host.Keys.Newest, TenantId.Parse(tenant), StreamId.Parse(stream), position);

        await host.AppendAsync(headers: ("If-Match", $"\"7.3.{tag}\""));

        Assert.Equal(trusted ? ExpectedPosition.At(position) : ExpectedPosition.Claimed(position), store.Appended!.Expected);
    }

    [Fact]
    public async Task A_tag_that_another_process_made_with_a_newer_key_is_recognised()
    {
        var store = new ScriptedEventStore();
        await using var host = await ApiHost.StartAsync(services => services.AddSingleton<IEventStore>(store));
        await host.AppendAsync();
        host.Keys.Rotate();
        var position = new StreamPosition(3, 7);
        var tag = PositionTag.Create(host.Keys.Newest, TenantId.Parse("t1"), StreamId.Parse("Requirement:req-1"), position);

        await host.AppendAsync(headers: ("If-Match", $"\"7.3.{tag}\""));

        Assert.Equal(ExpectedPosition.At(position), store.Appended!.Expected);
        Assert.Equal(1, host.Keys.Refreshes);
    }

    [Theory]
    [InlineData("If-Match", "W/\"7\"")]
    [InlineData("If-Match", "\"7\", \"8\"")]
    [InlineData("If-Match", "7")]
    [InlineData("If-Match", "\"\"")]
    [InlineData("If-Match", "\"")]
    [InlineData("If-Match", "\"-1\"")]
    [InlineData("If-Match", "\"07\"")]
    [InlineData("If-Match", "\"7.\"")]
    [InlineData("If-Match", "\"7.3.\"")]
    [InlineData("If-Match", "\"7.3.a.b\"")]
    [InlineData("If-Match", "\"7.3.a b\"")]
    [InlineData("If-Match", "\"99999999999999999999\"")]
    [InlineData("If-None-Match", "\"7\"")]
    [InlineData("If-None-Match", "garbage")]
    public async Task Any_other_precondition_is_refused_by_its_name(string header, string value)
    {
        await using var host = await ApiHost.StartAsync();

        var answer = await host.AppendAsync(headers: (header, value));

        answer.IsInvalidAt("/header/" + header);
        Assert.Contains(header, answer.Json.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Empty((await host.GetAsync(ApiHost.Stream)).Events);
    }

    [Fact]
    public async Task Two_preconditions_exclude_each_other()
    {
        await using var host = await ApiHost.StartAsync();

        (await host.AppendAsync(headers: [("If-Match", "*"), ("If-None-Match", "*")])).IsInvalidAt("/header/If-Match");
    }

    [Fact]
    public async Task Appending_at_a_stale_position_is_412_with_the_position_that_would_do()
    {
        await using var host = await ApiHost.StartAsync();
        var first = await host.AppendAsync();
        await host.AppendAsync("""{"events":[{"type":"A","data":{}},{"type":"B","data":{}}]}""");

        var conflict = await host.AppendAsync(headers: ("If-Match", first.ETag));

        conflict.IsProblem(HttpStatusCode.PreconditionFailed, "version-conflict");
        Assert.Equal(3, conflict.Json.GetProperty("currentVersion").GetInt64());
        var retried = await host.AppendAsync(headers: ("If-Match", conflict.Json.GetProperty("currentETag").GetString()!));
        Assert.Equal(HttpStatusCode.Created, retried.Status);
        Assert.Equal([1L, 2, 3, 4], (await host.GetAsync(ApiHost.Stream)).Versions);
    }

    [Theory]
    [InlineData("")]
    [InlineData("with space")]
    [InlineData("k\u00e9")]
    [InlineData("\t")]
    public async Task An_idempotency_key_is_visible_ascii(string key)
    {
        var store = new ScriptedEventStore();
        // The header is set where the API sees it: no client sends such a thing.
        await using var host = await ApiHost.StartAsync(
            services => services.AddSingleton<IEventStore>(store), connect: context => context.Request.Headers["Idempotency-Key"] = key);

        (await host.AppendAsync()).IsInvalidAt("/header/Idempotency-Key");

        Assert.Null(store.Appended);
    }

    [Fact]
    public async Task An_idempotency_key_has_255_characters_at_most_and_comes_once()
    {
        await using var host = await ApiHost.StartAsync();

        Assert.Equal(HttpStatusCode.Created, (await host.AppendAsync(headers: ("Idempotency-Key", new string('k', 255)))).Status);
        (await host.AppendAsync(headers: ("Idempotency-Key", new string('k', 256)))).IsInvalidAt("/header/Idempotency-Key");
        (await host.AppendAsync(headers: [("Idempotency-Key", "a"), ("Idempotency-Key", "b")])).IsInvalidAt("/header/Idempotency-Key");
    }
}

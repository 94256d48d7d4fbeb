using System.Globalization;
using System.Net;
using QANexus.LocalHost.Importing;

namespace QANexus.LocalHost.Tests.Importing;

public sealed class ImportRunTests
{
    [Fact]
    public async Task Each_stream_goes_in_in_the_order_of_the_file_each_line_on_the_position_of_the_one_before()
    {
        using var import = new ImportFixture();
        var lines = Enumerable.Range(1, 20).SelectMany(static number => new[] { "a", "b", "c" }.Select(id => ImportFixture.Line(id, number)));

        Assert.Equal(0, await import.ImportAsync(lines));

        foreach (var id in new[] { "a", "b", "c" })
        {
            Assert.Equal(Enumerable.Range(1, 20).Select(number => $"acme-{id}-{number}"), import.Host.Stored(ImportFixture.PathOf(id)));
            var preconditions = import.Host.Received.Where(append => append.Path == ImportFixture.PathOf(id)).Select(static append => append.IfMatch);
            Assert.Equal([null, .. Enumerable.Range(1, 19).Select(static number => $"\"{number}.{number}.tag\"")], preconditions);
        }

        Assert.Equal((60, 60, 0, 0, 60), (import.Count("lines"), import.Count("appended"), import.Count("replayed"), import.Count("failed"), import.Count("events")));
    }

    [Fact]
    public async Task The_bytes_of_events_and_metadata_travel_as_they_are()
    {
        using var import = new ImportFixture();
        const string Line = """
            { "commitId":"k1", "events" : [ {"type":"T", "data":{"n":1.10,"t":"\u00e9\/é","x":{"y":[ ]}}} ] ,"metadata": {"source" : "s"},"aggregateId":"a","aggregateType":"Note","tenantId":"acme"}
            """;

        Assert.Equal(0, await import.ImportAsync([Line.Trim()]));

        var append = Assert.Single(import.Host.Received);
        Assert.Equal("""{"events":[ {"type":"T", "data":{"n":1.10,"t":"\u00e9\/é","x":{"y":[ ]}}} ],"metadata":{"source" : "s"}}""", append.Body);
        Assert.Equal("application/json", append.ContentType);
    }

    [Fact]
    public async Task Importing_again_changes_nothing()
    {
        using var import = new ImportFixture();
        string[] lines = [ImportFixture.Line("a", 1), ImportFixture.Line("a", 2), ImportFixture.Line("b", 1)];
        await import.ImportAsync(lines);
        using var again = new ImportFixture();
        again.Host.Script = append => Task.FromResult<HttpResponseMessage?>(import.Host.Append(append));

        Assert.Equal(0, await again.ImportAsync(lines));

        Assert.Equal(["acme-a-1", "acme-a-2"], import.Host.Stored(ImportFixture.PathOf("a")));
        Assert.Equal((0, 3, 3), (again.Count("appended"), again.Count("replayed"), again.Count("events")));
    }

    [Fact]
    public async Task A_bad_line_is_reported_with_its_number_and_the_rest_goes_on()
    {
        using var import = new ImportFixture();
        import.Host.Script = static append => Task.FromResult(append.Key == "acme-a-4"
            ? FakeEventHost.Problem(HttpStatusCode.BadRequest, "validation-failed", "The request is not valid.", """{"/events/0/type":["is not a name"]}""")
            : null);
        string[] lines =
        [
            ImportFixture.Line("a", 1),
            "not json",
            "",
            ImportFixture.Line("a", 4),
            ImportFixture.Line("a", 5),
        ];

        Assert.Equal(1, await import.ImportAsync(lines));

        Assert.Equal(["line 2: not JSON", "line 4: 400 validation-failed: The request is not valid.; /events/0/type is not a name"], import.Complaints);
        Assert.Equal(["acme-a-1", "acme-a-5"], import.Host.Stored(ImportFixture.PathOf("a")));
        Assert.Equal("\"1.1.tag\"", import.Host.Received.Last().IfMatch);
        Assert.Equal((4, 2, 2, 0), (import.Count("lines"), import.Count("appended"), import.Count("failed"), import.Count("not attempted")));
    }

    [Theory]
    [InlineData(413, "payload-too-large")]
    [InlineData(422, "idempotency-key-reused")]
    public async Task A_line_that_the_server_will_never_take_stops_nothing(int status, string code)
    {
        using var import = new ImportFixture();
        import.Host.Script = append => Task.FromResult(append.Key == "acme-a-1" ? FakeEventHost.Problem((HttpStatusCode)status, code, "No.") : null);

        Assert.Equal(1, await import.ImportAsync([ImportFixture.Line("a", 1), ImportFixture.Line("a", 2)]));

        Assert.Equal([$"line 1: {status} {code}: No."], import.Complaints);
        Assert.Equal(["acme-a-2"], import.Host.Stored(ImportFixture.PathOf("a")));
    }

    [Theory]
    [InlineData(412, "version-conflict")]
    [InlineData(403, "forbidden")]
    [InlineData(500, "internal-error")]
    public async Task A_line_that_fails_stops_its_stream_and_no_other(int status, string code)
    {
        using var import = new ImportFixture();
        import.Host.Script = append => Task.FromResult(append.Key == "acme-a-2" ? FakeEventHost.Problem((HttpStatusCode)status, code, "No.") : null);
        var lines = Enumerable.Range(1, 4).SelectMany(static number => new[] { ImportFixture.Line("a", number), ImportFixture.Line("b", number) });

        Assert.Equal(1, await import.ImportAsync(lines));

        Assert.Equal(
            [$"line 3: {status} {code}: No.", "line 5: not attempted: line 3 of the same stream failed", "line 7: not attempted: line 3 of the same stream failed"],
            import.Complaints);
        Assert.Equal(["acme-a-1"], import.Host.Stored(ImportFixture.PathOf("a")));
        Assert.Equal(4, import.Host.Stored(ImportFixture.PathOf("b")).Count);
        Assert.Equal((8, 5, 1, 2), (import.Count("lines"), import.Count("appended"), import.Count("failed"), import.Count("not attempted")));
    }

    [Fact]
    public async Task What_may_pass_is_sent_again_under_the_same_key_after_the_wait_that_the_server_asks_for()
    {
        var time = new ImpatientTime();
        using var import = new ImportFixture { Time = time };
        import.Host.Script = append => append.Attempt switch
        {
            1 => Task.FromResult<HttpResponseMessage?>(Busy(HttpStatusCode.TooManyRequests, retryAfter: 7)),
            2 => Task.FromResult<HttpResponseMessage?>(Busy(HttpStatusCode.ServiceUnavailable, retryAfter: 600)),
            3 => throw new HttpRequestException("Connection refused"),
            4 => LoseAnswer(import.Host, append),
            _ => Task.FromResult<HttpResponseMessage?>(null),
        };

        Assert.Equal(0, await import.ImportAsync([ImportFixture.Line("a", 1), ImportFixture.Line("a", 2)]));

        Assert.Equal(["acme-a-1", "acme-a-2"], import.Host.Stored(ImportFixture.PathOf("a")));
        Assert.Equal(10, import.Host.Received.Count);
        Assert.Equal((0, 2), (import.Count("appended"), import.Count("replayed")));
        Assert.Equal([7, 30, 1, 2, 7, 30, 1, 2], time.Waits.Select(static wait => wait.TotalSeconds));
    }

    [Fact]
    public async Task A_line_that_the_server_never_takes_up_is_given_up_after_bounded_attempts()
    {
        var time = new ImpatientTime();
        using var import = new ImportFixture { Time = time };
        import.Host.Script = static append => Task.FromResult(append.Key == "acme-a-1"
            ? FakeEventHost.Problem(HttpStatusCode.ServiceUnavailable, "store-unavailable", "Not now.")
            : null);

        Assert.Equal(1, await import.ImportAsync([ImportFixture.Line("a", 1), ImportFixture.Line("a", 2), ImportFixture.Line("b", 1)]));

        Assert.Equal(["line 1: 503 store-unavailable: Not now.", "line 2: not attempted: line 1 of the same stream failed"], import.Complaints.Order());
        Assert.Equal(8, import.Host.Received.Count(static append => append.Key == "acme-a-1"));
        Assert.Equal([0.25, 0.5, 1, 2, 4, 8, 10], time.Waits.Select(static wait => wait.TotalSeconds));
        Assert.Single(import.Host.Stored(ImportFixture.PathOf("b")));
    }

    [Fact]
    public async Task An_unanswered_line_stops_its_stream_and_the_others_go_on_while_they_are_answered()
    {
        using var import = new ImportFixture();
        import.Host.Script = static append => append.Key == "acme-a-1"
            ? throw new HttpRequestException("Connection refused")
            : Task.FromResult<HttpResponseMessage?>(null);
        var lines = Enumerable.Range(1, 10).SelectMany(static number => new[] { ImportFixture.Line("a", number), ImportFixture.Line("b", number) });

        Assert.Equal(1, await import.ImportAsync(lines));

        Assert.Contains("line 1: no answer (Connection refused)", import.Complaints);
        Assert.Equal(10, import.Complaints.Count);
        Assert.Equal(10, import.Host.Stored(ImportFixture.PathOf("b")).Count);
    }

    [Fact]
    public async Task A_server_that_is_gone_ends_the_import()
    {
        using var import = new ImportFixture();
        import.Host.Script = static append => append.Key == "acme-s0-1"
            ? Task.FromResult<HttpResponseMessage?>(null)
            : throw new HttpRequestException("Connection refused");
        var lines = Enumerable.Range(0, 1000).Select(static id => ImportFixture.Line($"s{id}", 1));

        Assert.Equal(1, await import.ImportAsync(lines, concurrency: 1));

        Assert.Equal(
            ["line 2: no answer (Connection refused)", "line 3: no answer (Connection refused)", "line 4: no answer (Connection refused)", "import: broken off: the server has stopped answering"],
            import.Complaints);
        Assert.Equal((1, 3), (import.Count("appended"), import.Count("failed")));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    public async Task No_more_appends_are_under_way_than_allowed(int concurrency)
    {
        using var import = new ImportFixture();
        import.Host.Script = static async _ =>
        {
            await Task.Yield();
            return null;
        };

        Assert.Equal(0, await import.ImportAsync(Enumerable.Range(1, 200).Select(static id => ImportFixture.Line($"s{id}", 1)), concurrency));

        Assert.InRange(import.Host.MaxUnderWay, 1, concurrency);
    }

    [Fact]
    public async Task Streams_go_in_side_by_side()
    {
        using var import = new ImportFixture();
        var all = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        import.Host.Script = async _ =>
        {
            if (import.Host.Received.Count == 4)
            {
                all.TrySetResult();
            }

            await all.Task;
            return null;
        };

        Assert.Equal(0, await import.ImportAsync(Enumerable.Range(1, 4).Select(static id => ImportFixture.Line($"s{id}", 1)), concurrency: 4));

        Assert.Equal(4, import.Host.MaxUnderWay);
    }

    [Fact]
    public async Task A_narrow_window_and_a_short_memory_still_import_everything_in_order()
    {
        using var import = new ImportFixture { Limits = new ImportLimits { WindowLines = 2, WindowBytes = 100, RememberedStreams = 1 } };
        var lines = Enumerable.Range(1, 30).SelectMany(static number => new[] { "a", "b", "c" }.Select(id => ImportFixture.Line(id, number)));

        Assert.Equal(0, await import.ImportAsync(lines));

        foreach (var id in new[] { "a", "b", "c" })
        {
            Assert.Equal(Enumerable.Range(1, 30).Select(number => $"acme-{id}-{number}"), import.Host.Stored(ImportFixture.PathOf(id)));
        }
    }

    [Fact]
    public async Task An_interrupted_import_finishes_what_is_under_way_and_begins_nothing_else()
    {
        using var stopping = new CancellationTokenSource();
        using var import = new ImportFixture { Time = TimeProvider.System };
        import.Host.Script = async _ =>
        {
            await stopping.CancelAsync();
            return null;
        };

        Assert.Equal(1, await import.ImportAsync(Enumerable.Range(1, 50).Select(static number => ImportFixture.Line("a", number)), stopping: stopping.Token));

        Assert.Equal(["acme-a-1"], import.Host.Stored(ImportFixture.PathOf("a")));
        Assert.Equal(["import: broken off: interrupted"], import.Complaints);
        Assert.Equal(1, import.Count("appended"));
    }

    [Fact]
    public async Task What_is_under_way_for_too_long_after_an_interruption_is_given_up()
    {
        using var stopping = new CancellationTokenSource();
        using var import = new ImportFixture();
        import.Host.Script = async append =>
        {
            await stopping.CancelAsync();
            await Task.Delay(Timeout.Infinite, append.Cancellation);
            return null;
        };

        Assert.Equal(1, await import.ImportAsync([ImportFixture.Line("a", 1)], stopping: stopping.Token));

        Assert.Equal(
            ["line 1: broken off before its outcome was known; importing again settles it", "import: broken off: interrupted"], import.Complaints);
    }

    [Fact]
    public async Task The_summary_counts_by_tenant()
    {
        using var import = new ImportFixture();

        await import.ImportAsync([ImportFixture.Line("a", 1, "zeta"), ImportFixture.Line("a", 1, "alpha"), ImportFixture.Line("b", 1, "zeta")]);

        Assert.Equal(
            ["tenant alpha: 1 lines, 1 events", "tenant zeta: 2 lines, 2 events"],
            import.Output.ToString().Split(Environment.NewLine).Where(static line => line.StartsWith("tenant", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_unusable()
    {
        using var import = new ImportFixture();

        Assert.Equal(2, await import.ImportFileAsync());

        Assert.Contains($"cannot read '{import.File}'", Assert.Single(import.Complaints), StringComparison.Ordinal);
        Assert.Empty(import.Output.ToString());
    }

    [Fact]
    public async Task An_address_that_is_no_event_store_is_unusable()
    {
        using var import = new ImportFixture();
        import.Host.Live = HttpStatusCode.NotFound;

        Assert.Equal(2, await import.ImportAsync([ImportFixture.Line("a", 1)]));

        Assert.Equal("import: http://localhost:7071/ is not an event store: it answers 404 to /api/health/live", Assert.Single(import.Complaints));
        Assert.Empty(import.Host.Received);
    }

    [Fact]
    public async Task An_address_where_nothing_answers_is_unusable()
    {
        using var import = new ImportFixture();
        await File.WriteAllTextAsync(import.File, ImportFixture.Line("a", 1));
        using var handler = new SocketsHttpHandler();
        var run = new ImportRun(handler, import.Output, import.Error, isTerminal: false, TimeProvider.System);

        var exitCode = await run.RunAsync(
            new ImportOptions { File = import.File, BaseAddress = new Uri($"http://127.0.0.1:{Hosting.FreePort.Next().ToString(CultureInfo.InvariantCulture)}") },
            CancellationToken.None);

        Assert.Equal(2, exitCode);
        Assert.Contains("is the host running?", Assert.Single(import.Complaints), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_empty_file_is_imported()
    {
        using var import = new ImportFixture();

        Assert.Equal(0, await import.ImportAsync([]));

        Assert.Equal(0, import.Count("lines"));
    }

    private static HttpResponseMessage Busy(HttpStatusCode status, int retryAfter)
    {
        var answer = FakeEventHost.Problem(status, "throttled", "Later.");
        answer.Headers.Add("Retry-After", retryAfter.ToString(CultureInfo.InvariantCulture));
        return answer;
    }

    private static Task<HttpResponseMessage?> LoseAnswer(FakeEventHost host, ReceivedAppend append)
    {
        host.Append(append).Dispose();
        throw new HttpRequestException("The response ended prematurely.");
    }
}

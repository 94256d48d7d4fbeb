using System.Globalization;
using System.Net;
using System.Text;
using BenchmarkDotNet.Attributes;
using QANexus.LocalCosmos;
using QANexus.LocalCosmos.Hosting;

namespace QANexus.Benchmarks.LocalCosmos;

/// <summary>Where the account keeps its data.</summary>
public enum Store
{
    Memory,
    Disk,
}

/// <summary>One operation of LocalCosmos on a port and in process, beside an echo of the same sizes on a port.</summary>
[MemoryDiagnoser]
public abstract class OperationBenchmark : IAsyncDisposable
{
    protected const int SeededItems = 100;

    private static readonly string s_text = new('x', 900);

    private readonly string _folder = Directory.CreateTempSubdirectory("localcosmos-benchmark-").FullName;
    private readonly HttpClient _onPort = new();
    private HttpClient _inProcess = null!;
    private LocalAccount _account = null!;
    private LocalCosmosServer _server = null!;
    private EchoServer _echo = null!;
    private string _echoLength = null!;
    private long _number;

    [ParamsAllValues]
    public Store Store { get; set; }

    protected static string[] Items { get; } = ["dbs", "db", "colls", "streams", "docs"];

    protected static (string Name, string Value) Key { get; } = ("x-ms-documentdb-partitionkey", """["t","s"]""");

    private protected abstract SignedRequest Request { get; }

    protected abstract HttpStatusCode Expected { get; }

    [GlobalSetup]
    public async Task OpenAsync()
    {
        _account = LocalAccount.Open(Store == Store.Memory
            ? new LocalAccountOptions { InMemory = true }
            : new LocalAccountOptions { DataDirectory = _folder });
        _inProcess = new HttpClient(_account.CreateHandler());
        _server = await _account.ListenAsync(new LocalCosmosServerOptions { Port = 0 }, CancellationToken.None);
        _echo = await EchoServer.StartAsync();
        await CreateAsync(new SignedRequest(HttpMethod.Post, ["dbs"]), """{"id":"db"}""");
        await CreateAsync(
            new SignedRequest(HttpMethod.Post, ["dbs", "db", "colls"]),
            """{"id":"streams","partitionKey":{"paths":["/tenant","/stream"],"kind":"MultiHash","version":2}}""");
        for (var item = 0; item < SeededItems; item++)
            await CreateAsync(new SignedRequest(HttpMethod.Post, Items, Key), Item(item));
        var answered = await SendAsync(_onPort, _server.Endpoint, echoLength: null);
        _echoLength = answered.ToString(CultureInfo.InvariantCulture);
    }

    [GlobalCleanup]
    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await _server.DisposeAsync();
        await _echo.DisposeAsync();
        await _account.DisposeAsync();
        _onPort.Dispose();
        _inProcess.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Benchmark(Baseline = true)]
    public Task<int> Echo() => SendAsync(_onPort, _echo.Endpoint, _echoLength);

    [Benchmark]
    public Task<int> OnPort() => SendAsync(_onPort, _server.Endpoint, echoLength: null);

    [Benchmark]
    public Task<int> InProcess() => SendAsync(_inProcess, LocalAccount.Endpoint, echoLength: null);

    /// <summary>The next request's body; null for one without.</summary>
    protected abstract byte[]? NextBody();

    protected long NextNumber() => SeededItems + Interlocked.Increment(ref _number);

    /// <summary>An item of about 1 KB.</summary>
    protected static string Item(long number) => string.Create(
        CultureInfo.InvariantCulture, $$"""{"id":"{{number:0000000000}}","tenant":"t","stream":"s","number":{{number}},"text":"{{s_text}}"}""");

    private async Task<int> SendAsync(HttpClient client, Uri server, string? echoLength)
    {
        using var message = Request.ToMessage(server, NextBody());
        if (echoLength is not null)
            message.Headers.TryAddWithoutValidation(EchoServer.LengthHeader, echoLength);
        using var response = await client.SendAsync(message);
        if (response.StatusCode != Expected && echoLength is null)
            throw new InvalidOperationException($"{response.StatusCode}: {await response.Content.ReadAsStringAsync()}");
        return (await response.Content.ReadAsByteArrayAsync()).Length;
    }

    private async Task CreateAsync(SignedRequest request, string body)
    {
        using var message = request.ToMessage(_server.Endpoint, Encoding.UTF8.GetBytes(body));
        using var response = await _onPort.SendAsync(message);
        if (response.StatusCode != HttpStatusCode.Created)
            throw new InvalidOperationException($"{response.StatusCode}: {await response.Content.ReadAsStringAsync()}");
    }
}

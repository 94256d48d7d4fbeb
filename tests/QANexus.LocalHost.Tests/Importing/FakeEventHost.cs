using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace QANexus.LocalHost.Tests.Importing;

/// <summary>
/// A host that keeps what an importer can tell from outside: positions, keys and preconditions. A script may answer in its place, by the
/// request and how often its key has come.
/// </summary>
internal sealed class FakeEventHost : HttpMessageHandler
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, FakeStream> streams = [];
    private readonly ConcurrentDictionary<string, int> attempts = new();

    public Func<ReceivedAppend, Task<HttpResponseMessage?>> Script { get; set; } = static _ => Task.FromResult<HttpResponseMessage?>(null);

    /// <summary>Every append received, in order.</summary>
    public ConcurrentQueue<ReceivedAppend> Received { get; } = new();

    public HttpStatusCode Live { get; set; } = HttpStatusCode.OK;

    public int MaxUnderWay { get; private set; }

    private int underWay;

    /// <summary>The keys stored in a stream, in the order of its commits.</summary>
    public IReadOnlyList<string> Stored(string path) => streams.TryGetValue(path, out var stream) ? stream.Keys : [];

    public IReadOnlyDictionary<string, string> Bodies => streams.Values.SelectMany(static stream => stream.Bodies).ToDictionary();

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.RequestUri!.AbsolutePath == "/api/health/live")
        {
            return new HttpResponseMessage(Live);
        }

        lock (gate)
        {
            MaxUnderWay = Math.Max(MaxUnderWay, ++underWay);
        }

        try
        {
            var append = await ReceivedAppend.ReadAsync(request, attempts, cancellationToken);
            Received.Enqueue(append);
            return await Script(append) ?? Append(append);
        }
        finally
        {
            lock (gate)
            {
                underWay--;
            }
        }
    }

    public HttpResponseMessage Append(ReceivedAppend append)
    {
        lock (gate)
        {
            if (!streams.TryGetValue(append.Path, out var stream))
            {
                stream = streams[append.Path] = new FakeStream();
            }

            if (stream.Positions.TryGetValue(append.Key, out var position))
            {
                return Answer(HttpStatusCode.OK, position);
            }

            if (append.IfMatch is not null && append.IfMatch != stream.Position)
            {
                return Problem(HttpStatusCode.PreconditionFailed, "version-conflict", "the stream is elsewhere");
            }

            stream.Add(append);
            return Answer(HttpStatusCode.Created, stream.Position!);
        }
    }

    public static HttpResponseMessage Problem(HttpStatusCode status, string code, string detail, string errors = "{}") => new(status)
    {
        Content = new StringContent(
            $$"""{"code":{{JsonSerializer.Serialize(code)}},"detail":{{JsonSerializer.Serialize(detail)}},"errors":{{errors}}}""",
            new MediaTypeHeaderValue("application/problem+json")),
    };

    private static HttpResponseMessage Answer(HttpStatusCode status, string position) =>
        new(status) { Headers = { ETag = new EntityTagHeaderValue(position) } };

    private sealed class FakeStream
    {
        public Dictionary<string, string> Positions { get; } = [];

        public Dictionary<string, string> Bodies { get; } = [];

        public List<string> Keys { get; } = [];

        public string? Position { get; private set; }

        public void Add(ReceivedAppend append)
        {
            Keys.Add(append.Key);
            Bodies[append.Key] = append.Body;
            Position = $"\"{Keys.Count}.{Keys.Count}.tag\"";
            Positions[append.Key] = Position;
        }
    }
}

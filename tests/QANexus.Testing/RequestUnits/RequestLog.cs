using System.Globalization;

namespace QANexus.Testing.RequestUnits;

/// <summary>Counts what goes over the wire: round trips, request units and bytes of bodies of the data plane, as Cosmos DB would bill them.</summary>
public sealed class RequestLog(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    private readonly Lock gate = new();
    private readonly List<string> lines = [];
    private TaskCompletionSource together = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource first = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int firstMissing;
    private int waiting;
    private int requests;
    private double charge;
    private long sent;
    private long received;
    private int inFlight;
    private int roundTrips;

    public IReadOnlyList<string> Lines
    {
        get
        {
            lock (gate)
            {
                return [.. lines];
            }
        }
    }

    /// <summary>Queries wait until so many of them are under way, as they would be over a real network; 1 for none.</summary>
    public int QueriesTogether { get; set; } = 1;

    /// <summary>The next requests wait until so many of them are under way, as they would be over a real network.</summary>
    public void ExpectTogether(int requests)
    {
        lock (gate)
        {
            firstMissing = requests;
            first = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    public void Clear()
    {
        lock (gate)
        {
            (requests, charge, roundTrips, sent, received) = (0, 0, 0, 0, 0);
            lines.Clear();
        }
    }

    /// <summary>Bytes of the bodies of requests and of answers.</summary>
    public (long Sent, long Received) Bytes
    {
        get
        {
            lock (gate)
            {
                return (sent, received);
            }
        }
    }

    /// <summary>Requests in parallel count as one round trip: those that start while another is under way.</summary>
    public (int Requests, int RoundTrips, double Charge) Total
    {
        get
        {
            lock (gate)
            {
                return (requests, roundTrips, charge);
            }
        }
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var isData = request.RequestUri!.AbsolutePath.Contains("/docs", StringComparison.Ordinal);
        if (!isData)
        {
            return await base.SendAsync(request, cancellationToken);
        }

        lock (gate)
        {
            requests++;
            roundTrips += inFlight++ == 0 ? 1 : 0;
        }

        try
        {
            await MeetFirstAsync(cancellationToken);
            if (request.Headers.Contains("x-ms-documentdb-isquery"))
            {
                await MeetOthersAsync(cancellationToken);
            }

            var response = await base.SendAsync(request, cancellationToken);
            await response.Content.LoadIntoBufferAsync(cancellationToken);
            lock (gate)
            {
                sent += request.Content?.Headers.ContentLength ?? 0;
                received += response.Content.Headers.ContentLength ?? 0;
                var header = response.Headers.TryGetValues("x-ms-request-charge", out var values) ? values.First() : "0";
                charge += double.Parse(header, CultureInfo.InvariantCulture);
                lines.Add($"{request.Method} {request.RequestUri.AbsolutePath} {(int)response.StatusCode} {header} RU");
            }

            return response;
        }
        finally
        {
            lock (gate)
            {
                inFlight--;
            }
        }
    }

    private async Task MeetFirstAsync(CancellationToken cancellationToken)
    {
        Task all;
        lock (gate)
        {
            if (firstMissing == 0)
            {
                return;
            }

            all = first.Task;
            if (--firstMissing == 0)
            {
                first.SetResult();
            }
        }

        await all.WaitAsync(TimeSpan.FromSeconds(20), cancellationToken);
    }

    private async Task MeetOthersAsync(CancellationToken cancellationToken)
    {
        Task all;
        lock (gate)
        {
            all = together.Task;
            if (++waiting == QueriesTogether)
            {
                waiting = 0;
                together.SetResult();
                together = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            }
        }

        // Requests that are not sent in parallel never meet: the bound turns that into a failure.
        await all.WaitAsync(TimeSpan.FromSeconds(20), cancellationToken);
    }
}

using System.Net;
using CsCheck;
using QANexus.LocalHost.Importing;

namespace QANexus.LocalHost.Tests.Importing;

public sealed class ImportPropertyTests
{
    private static readonly Gen<(int Stream, int Trouble)[]> Lines = Gen.Select(Gen.Int[0, 4], Gen.Int[0, 9]).Array[0, 60];

    [Fact]
    public async Task Whatever_goes_wrong_in_passing_every_line_goes_in_once_and_in_order()
    {
        await Gen.Select(Lines, Gen.Int[1, 8], Gen.Int[1, 5], Gen.Int[1, 6]).SampleAsync(
            static async (lines, concurrency, window, remembered) =>
            {
                using var import = new ImportFixture
                {
                    Limits = new ImportLimits { WindowLines = window, RememberedStreams = remembered, UnansweredLines = int.MaxValue },
                };
                var troubles = lines.Select(static (line, index) => ($"acme-s{line.Stream}-{index}", line.Trouble)).ToDictionary();
                import.Host.Script = append => Trouble(import.Host, append, troubles[append.Key]);

                var exitCode = await import.ImportAsync(lines.Select(static (line, index) => ImportFixture.Line($"s{line.Stream}", index)), concurrency);

                return exitCode == 0 && lines.Select(static (line, index) => (line.Stream, index)).GroupBy(static line => line.Stream).All(stream =>
                    import.Host.Stored(ImportFixture.PathOf($"s{stream.Key}")).SequenceEqual(stream.Select(static line => $"acme-s{line.Stream}-{line.index}")));
            },
            iter: 100,
            threads: 1);
    }

    /// <summary>A first attempt meets trouble, half of the time after it was stored.</summary>
    private static Task<HttpResponseMessage?> Trouble(FakeEventHost host, ReceivedAppend append, int trouble)
    {
        if (append.Attempt > 1)
        {
            return Task.FromResult<HttpResponseMessage?>(null);
        }

        switch (trouble)
        {
            case 0:
                return Task.FromResult<HttpResponseMessage?>(FakeEventHost.Problem(HttpStatusCode.TooManyRequests, "throttled", "Later."));
            case 1:
                host.Append(append).Dispose();
                return Task.FromResult<HttpResponseMessage?>(FakeEventHost.Problem(HttpStatusCode.ServiceUnavailable, "store-unavailable", "Perhaps."));
            case 2:
                throw new HttpRequestException("Connection refused");
            case 3:
                host.Append(append).Dispose();
                throw new HttpRequestException("The response ended prematurely.");
            default:
                return Task.FromResult<HttpResponseMessage?>(null);
        }
    }
}

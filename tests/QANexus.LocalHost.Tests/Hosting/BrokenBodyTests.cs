using System.Net.Sockets;
using System.Text;
using QANexus.LocalHost.Hosting;

namespace QANexus.LocalHost.Tests.Hosting;

/// <summary>Bodies that break the rules of HTTP once the request has been let in: no client library would send them.</summary>
public sealed class BrokenBodyTests
{
    private const string Events = "/api/v1/tenants/demo/streams/Requirement/req-1/events";
    private const string Report = "/api/v1/tenants/demo/test-runs/import";

    public static TheoryData<string, string, string> Chunks
    {
        get
        {
            var data = new TheoryData<string, string, string>();
            foreach (var size in (string[])["FFFFFFFFFFFFFFFFF", "7FFFFFFFF", "zz", "-1", string.Empty])
            {
                data.Add(Events, "application/json", size);
                data.Add(Report, "application/xml", size);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Chunks))]
    public async Task A_chunk_of_no_size_that_there_is_makes_the_request_malformed(string path, string mediaType, string size)
    {
        await using var host = await LocalHostApplication.StartAsync(
            new LocalHostOptions { Port = 0, CosmosPort = 0, InMemory = true }, CancellationToken.None);
        using var client = new HttpClient { BaseAddress = host.ApiAddress };

        var answer = await SendAsync(host.ApiAddress, $"POST {path} HTTP/1.1\r\nHost: {host.ApiAddress.Authority}\r\nContent-Type: {mediaType}\r\n"
            + $"Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n{size}\r\nabc\r\n0\r\n\r\n");

        Assert.StartsWith("HTTP/1.1 400 ", answer, StringComparison.Ordinal);
        Assert.Contains("\"code\":\"malformed-request\"", answer, StringComparison.Ordinal);
        Assert.Equal("""{"count":0}""", await client.GetStringAsync("/api/v1/tenants/demo/event-count"));
    }

    private static async Task<string> SendAsync(Uri host, string request)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(host.Host, host.Port);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(request));
        using var reader = new StreamReader(client.GetStream(), Encoding.UTF8);
        return await reader.ReadToEndAsync();
    }
}

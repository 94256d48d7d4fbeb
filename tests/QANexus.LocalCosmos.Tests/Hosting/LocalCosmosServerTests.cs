using System.Net;
using System.Text;
using CsCheck;
using QANexus.LocalCosmos.Gateway;
using QANexus.LocalCosmos.Hosting;

namespace QANexus.LocalCosmos.Tests.Hosting;

public sealed class LocalCosmosServerTests : IAsyncLifetime, IDisposable
{
    private readonly ScriptedGateway _gateway = new(request => request.Header("x-test") switch
    {
        "cut" => new GatewayResponse { StatusCode = 200, Delivery = Delivery.CutBeforeAnswer },
        "cut body" => new GatewayResponse { StatusCode = 200, Body = new byte[100_000], Delivery = Delivery.CutMidBody },
        "never" => new GatewayResponse { StatusCode = 200, Delivery = Delivery.Never },
        "throw" => throw new InvalidOperationException("broken"),
        "empty" => GatewayResponse.Empty(304),
        _ => GatewayResponse.Json(200, Encoding.UTF8.GetBytes($"{{\"path\":\"{string.Join('|', request.Segments)}\",\"bytes\":{request.Body.Length}}}")),
    });

    private readonly HttpClient _client = new();
    private LocalCosmosServer _server = null!;

    public async Task InitializeAsync() =>
        _server = await LocalCosmosServer.StartAsync(_gateway, new LocalCosmosServerOptions { Port = 0 }, CancellationToken.None);

    public async Task DisposeAsync() => await _server.DisposeAsync();

    public void Dispose() => _client.Dispose();

    [Fact]
    public async Task A_request_arrives_as_it_does_in_process()
    {
        using var request = Request(HttpMethod.Post, "dbs/a%20b/colls/x+y%2Fz/docs?q=1");
        request.Content = new StringContent("{}");
        request.Headers.TryAddWithoutValidation("x-ms-start-epk", "");

        using var response = await _client.SendAsync(request);

        var arrived = Assert.Single(_gateway.Requests);
        Assert.Equal(["dbs", "a b", "colls", "x+y/z", "docs"], arrived.Segments);
        Assert.Equal("q=1", arrived.Query);
        Assert.Equal(_server.Endpoint, arrived.BaseAddress);
        Assert.Equal("", arrived.Header("X-MS-START-EPK"));
        Assert.Equal("{}", Encoding.UTF8.GetString(arrived.Body.Span));
        Assert.Equal(45, response.Content.Headers.ContentLength);
        Assert.Null(response.Headers.TransferEncodingChunked);
        Assert.Empty(response.Headers.Server);
    }

    [Fact]
    public void It_listens_on_loopback_only() => Assert.Equal(IPAddress.Loopback.ToString(), _server.Endpoint.Host);

    [Fact]
    public async Task A_chunked_body_arrives_whole()
    {
        using var connection = await RawConnection.OpenAsync(_server.Endpoint);

        await connection.SendAsync("POST /dbs HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n3\r\nabc\r\n2;ext=1\r\nde\r\n0\r\n\r\n");

        Assert.Contains("\"bytes\":5", await connection.ReadToEndAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET http://other.example/dbs/a%2Fb HTTP/1.1\r\nHost: other.example\r\nConnection: close\r\n\r\n", "dbs|a/b")]
    [InlineData("GET /dbs/%zz%2 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", "dbs|%zz%2")]
    [InlineData("GET //dbs//x/ HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", "dbs||x")]
    [InlineData("OPTIONS * HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", "*")]
    [InlineData("GET /dbs HTTP/1.0\r\n\r\n", "dbs")]
    public async Task Unusual_targets_are_read_raw(string request, string segments)
    {
        using var connection = await RawConnection.OpenAsync(_server.Endpoint);

        await connection.SendAsync(request);

        Assert.Contains($"\"path\":\"{segments}\"", await connection.ReadToEndAsync(), StringComparison.Ordinal);
    }

    public static TheoryData<string> Malformed => new()
    {
        "\r\n\r\n\r\n",
        "nonsense\r\n\r\n",
        "GET\r\n\r\n",
        "GET /dbs\r\n\r\n",
        "GET /dbs HTTP/9.9\r\nHost: x\r\n\r\n",
        "GET dbs HTTP/1.1\r\nHost: x\r\n\r\n",
        "GET /dbs HTTP/1.1\r\n\r\n",
        "GET /dbs HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n",
        "GET /dbs HTTP/1.1\r\nHost: a b\r\n\r\n",
        "GET /dbs HTTP/1.1\r\nHost: x\r\nno colon\r\n\r\n",
        "GET /dbs HTTP/1.1\r\nHost: x\r\nBad Name: 1\r\n\r\n",
        "GET /dbs HTTP/1.1\r\nHost: x\r\nX-Nul: \0\r\n\r\n",
        "GET /\0 HTTP/1.1\r\nHost: x\r\n\r\n",
        "GET /dbs HTTP/1.1\r\nHost: x\r\nX-Bytes: \u00ff\u00fe\r\n\r\n",
        "POST /dbs HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
        "POST /dbs HTTP/1.1\r\nHost: x\r\nContent-Length: ten\r\n\r\n",
        "POST /dbs HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999999999999\r\n\r\n",
        "POST /dbs HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nContent-Length: 5\r\n\r\nabcde",
        "POST /dbs HTTP/1.1\r\nHost: x\r\nContent-Length: 9000000000\r\n\r\nabc",
        "POST /dbs HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nabc\r\n",
        "POST /dbs HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFF\r\nabc\r\n",
        "POST /dbs HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabcdef\r\n0\r\n\r\n",
        "POST /dbs HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip\r\n\r\nabc",
        "POST /dbs HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nabc",
        "GET /dbs HTTP/1.1\r\nHost: x\r\nX-Large: " + new string('a', 100_000) + "\r\n\r\n",
        "GET /dbs HTTP/1.1\r\nHost: x\r\n" + string.Concat(Enumerable.Range(0, 500).Select(i => $"X-{i}: 1\r\n")) + "\r\n",
        "GET /" + new string('a', 100_000) + " HTTP/1.1\r\nHost: x\r\n\r\n",
        "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003",
    };

    [Theory]
    [MemberData(nameof(Malformed))]
    public async Task A_malformed_request_gets_a_clean_refusal_or_a_closed_connection_and_never_reaches_the_account(string request)
    {
        using var connection = await RawConnection.OpenAsync(_server.Endpoint);

        await connection.SendAsync(request);
        connection.FinishSending();

        Assert.True(await connection.ReadStatusAsync() is 0 or (>= 400 and < 500) or 505);
        Assert.Empty(_gateway.Requests);
        await AssertStillAnswersAsync();
    }

    [Fact]
    public async Task Bytes_of_any_kind_never_bring_it_down()
    {
        await Gen.Byte.Array[0, 300].SampleAsync(
            async bytes =>
            {
                using var connection = await RawConnection.OpenAsync(_server.Endpoint);
                await connection.SendAsync(bytes);
                connection.FinishSending();
                Assert.True(await connection.ReadStatusAsync() is < 500 or 505);
            },
            iter: 100, threads: 1);
        await AssertStillAnswersAsync();
    }

    [Theory]
    [InlineData(4 * 1024 * 1024, HttpStatusCode.OK)]
    [InlineData((4 * 1024 * 1024) + 1, HttpStatusCode.RequestEntityTooLarge)]
    [InlineData(20 * 1024 * 1024, HttpStatusCode.RequestEntityTooLarge)]
    public async Task A_body_over_the_limit_is_refused_in_json_while_the_client_still_listens(int bytes, HttpStatusCode expected)
    {
        using var response = await _client.PostAsync(_server.Endpoint, new ByteArrayContent(new byte[bytes]));

        Assert.Equal(expected, response.StatusCode);
        Assert.Equal("application/json", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal(expected == HttpStatusCode.OK ? 1 : 0, _gateway.Requests.Count);
    }

    [Fact]
    public async Task A_cut_connection_reaches_the_client_as_one()
    {
        using var request = Request(HttpMethod.Get, "dbs", "cut");

        await Assert.ThrowsAsync<HttpRequestException>(() => _client.SendAsync(request));
        await AssertStillAnswersAsync();
    }

    [Fact]
    public async Task A_connection_cut_in_the_body_delivers_the_headers_and_breaks_the_read()
    {
        using var request = Request(HttpMethod.Get, "dbs", "cut body");

        using var response = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);

        Assert.Equal(100_000, response.Content.Headers.ContentLength);
        await Assert.ThrowsAsync<HttpRequestException>(() => response.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task An_answer_that_never_comes_does_not_keep_the_server_from_stopping()
    {
        var server = await LocalCosmosServer.StartAsync(_gateway, new LocalCosmosServerOptions { Port = 0 }, CancellationToken.None);
        using var request = new HttpRequestMessage(HttpMethod.Get, server.Endpoint);
        request.Headers.Add("x-test", "never");
        var answer = _client.SendAsync(request);
        while (_gateway.Requests.IsEmpty)
            await Task.Yield();

        await server.DisposeAsync();

        await Assert.ThrowsAnyAsync<Exception>(() => answer);
    }

    [Fact]
    public async Task An_answer_without_content_has_no_body()
    {
        using var request = Request(HttpMethod.Get, "dbs", "empty");

        using var response = await _client.SendAsync(request);

        Assert.Equal(HttpStatusCode.NotModified, response.StatusCode);
        Assert.Empty(await response.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task A_gateway_that_throws_is_a_500_that_names_the_exception()
    {
        using var request = Request(HttpMethod.Get, "dbs", "throw");

        using var response = await _client.SendAsync(request);

        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        Assert.Contains("InvalidOperationException: broken", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_busy_port_is_one_clear_exception()
    {
        var exception = await Assert.ThrowsAsync<EndpointUnavailableException>(
            () => LocalCosmosServer.StartAsync(_gateway, new LocalCosmosServerOptions { Port = _server.Endpoint.Port }, CancellationToken.None));

        Assert.Equal($"LocalCosmos cannot listen on http://127.0.0.1:{_server.Endpoint.Port}: the port is in use by another process.", exception.Message);
    }

    [SkippableFact]
    public async Task Both_loopback_addresses_lead_to_it()
    {
        Skip.IfNot(HasIPv6(), "This machine has no IPv6.");
        using var request = new HttpRequestMessage(HttpMethod.Get, $"http://[::1]:{_server.Endpoint.Port}/dbs");

        using var response = await _client.SendAsync(request);

        Assert.NotEmpty(await response.Content.ReadAsStringAsync());
    }

    [SkippableFact]
    public async Task A_port_that_is_busy_on_one_of_the_addresses_is_refused_on_both()
    {
        Skip.IfNot(HasIPv6(), "This machine has no IPv6.");
        using var other = new System.Net.Sockets.TcpListener(IPAddress.IPv6Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;

        var exception = await Assert.ThrowsAsync<EndpointUnavailableException>(
            () => LocalCosmosServer.StartAsync(_gateway, new LocalCosmosServerOptions { Port = port }, CancellationToken.None));

        Assert.Equal($"LocalCosmos cannot listen on http://[::1]:{port}: the port is in use by another process.", exception.Message);
        using var free = new System.Net.Sockets.TcpListener(IPAddress.Loopback, port);
        free.Start();
    }

    [Fact]
    public async Task After_disposal_the_port_is_free_again()
    {
        var first = await LocalCosmosServer.StartAsync(_gateway, new LocalCosmosServerOptions { Port = 0 }, CancellationToken.None);
        var port = first.Endpoint.Port;
        await first.DisposeAsync();

        await using var second = await LocalCosmosServer.StartAsync(_gateway, new LocalCosmosServerOptions { Port = port }, CancellationToken.None);
        Assert.Equal(port, second.Endpoint.Port);
    }

    private HttpRequestMessage Request(HttpMethod method, string path, string? test = null)
    {
        var request = new HttpRequestMessage(method, new Uri(_server.Endpoint, path));
        if (test is not null)
            request.Headers.Add("x-test", test);
        return request;
    }

    private async Task AssertStillAnswersAsync()
    {
        using var response = await _client.GetAsync(_server.Endpoint);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    private static bool HasIPv6()
    {
        try
        {
            using var listener = new System.Net.Sockets.TcpListener(IPAddress.IPv6Loopback, 0);
            listener.Start();
            return true;
        }
        catch (System.Net.Sockets.SocketException)
        {
            return false;
        }
    }
}

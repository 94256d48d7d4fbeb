using System.Net;
using System.Text;
using QANexus.LocalCosmos.Gateway;
using QANexus.LocalCosmos.Hosting;

namespace QANexus.LocalCosmos.Tests.Hosting;

public sealed class InProcessHandlerTests
{
    private static readonly Uri s_account = new("http://localhost/");

    [Fact]
    public async Task A_request_arrives_with_its_target_headers_and_body()
    {
        var gateway = new ScriptedGateway();
        using var client = Client(gateway);
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(s_account, "dbs/a%20b/colls/x+y%2Fz/docs?q=1"));
        request.Content = new StringContent("{}");
        request.Headers.TryAddWithoutValidation("If-None-Match", "\"5\"");
        request.Headers.TryAddWithoutValidation("x-ms-start-epk", "");

        using var response = await client.SendAsync(request);

        var arrived = Assert.Single(gateway.Requests);
        Assert.Equal("POST", arrived.Method);
        Assert.Equal(["dbs", "a b", "colls", "x+y/z", "docs"], arrived.Segments);
        Assert.Equal("q=1", arrived.Query);
        Assert.Equal(s_account, arrived.BaseAddress);
        Assert.Equal("\"5\"", arrived.Header("if-none-match"));
        Assert.Equal("", arrived.Header("X-MS-START-EPK"));
        Assert.Null(arrived.Header("x-ms-end-epk"));
        Assert.StartsWith("text/plain", arrived.Header("content-type"), StringComparison.Ordinal);
        Assert.Equal("{}", Encoding.UTF8.GetString(arrived.Body.Span));
    }

    [Fact]
    public async Task An_answer_has_a_length_and_is_not_chunked()
    {
        using var client = Client(new ScriptedGateway());

        using var response = await client.GetAsync(s_account, HttpCompletionOption.ResponseHeadersRead);

        Assert.Equal("application/json", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal(21, response.Content.Headers.ContentLength);
        Assert.Null(response.Headers.TransferEncodingChunked);
        Assert.Equal("{\"path\":\"\",\"bytes\":0}", await response.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("http://169.254.169.254/metadata/instance?api-version=2020-06-01")]
    [InlineData("http://localhost:8081/")]
    [InlineData("http://example.invalid/dbs")]
    public async Task Another_host_is_not_found_and_never_reaches_the_account(string address)
    {
        var gateway = new ScriptedGateway();
        using var client = Client(gateway);

        using var response = await client.GetAsync(new Uri(address));

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Empty(gateway.Requests);
    }

    [Fact]
    public async Task A_body_over_the_limit_is_refused_before_the_account_sees_it()
    {
        var gateway = new ScriptedGateway();
        using var client = Client(gateway);

        using var fits = await client.PostAsync(s_account, new ByteArrayContent(new byte[RequestLimits.MaxBodyBytes]));
        using var tooLarge = await client.PostAsync(s_account, new ByteArrayContent(new byte[RequestLimits.MaxBodyBytes + 1]));

        Assert.Equal(HttpStatusCode.OK, fits.StatusCode);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, tooLarge.StatusCode);
        Assert.Contains("RequestEntityTooLarge", await tooLarge.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Single(gateway.Requests);
    }

    [Fact]
    public async Task A_cut_connection_looks_like_one()
    {
        using var client = Client(new ScriptedGateway(_ => new GatewayResponse { StatusCode = 200, Delivery = Delivery.CutBeforeAnswer }));

        var exception = await Assert.ThrowsAsync<HttpRequestException>(() => client.GetAsync(s_account));

        Assert.Equal(HttpRequestError.ResponseEnded, exception.HttpRequestError);
    }

    [Fact]
    public async Task A_connection_cut_in_the_body_delivers_the_headers_and_breaks_the_read()
    {
        using var client = Client(new ScriptedGateway(_ => new GatewayResponse { StatusCode = 200, Body = new byte[1000], Delivery = Delivery.CutMidBody }));

        using var response = await client.GetAsync(s_account, HttpCompletionOption.ResponseHeadersRead);

        Assert.Equal(1000, response.Content.Headers.ContentLength);
        await Assert.ThrowsAsync<HttpRequestException>(() => response.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task An_answer_that_never_comes_ends_with_the_clients_patience()
    {
        using var client = Client(new ScriptedGateway(_ => new GatewayResponse { StatusCode = 200, Delivery = Delivery.Never }));
        using var patience = new CancellationTokenSource();

        var answer = client.GetAsync(s_account, patience.Token);
        Assert.False(answer.IsCompleted);
        await patience.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => answer);
    }

    [Fact]
    public async Task A_gateway_that_throws_is_a_500_that_names_the_exception()
    {
        using var client = Client(new ScriptedGateway(_ => throw new InvalidOperationException("broken")));

        using var response = await client.GetAsync(s_account);

        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        Assert.Contains("InvalidOperationException: broken", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_header_that_is_not_ascii_is_percent_encoded()
    {
        using var client = Client(new ScriptedGateway(_ =>
        {
            var response = GatewayResponse.Empty(200);
            response.Headers[CosmosHeaders.AltContentPath] = "dbs/ä\r\n";
            return response;
        }));

        using var response = await client.GetAsync(s_account);

        Assert.Equal("dbs/%C3%A4%0D%0A", Assert.Single(response.Headers.GetValues(CosmosHeaders.AltContentPath)));
    }

    private static HttpClient Client(IGateway gateway) => new(new InProcessHandler(gateway, s_account));
}

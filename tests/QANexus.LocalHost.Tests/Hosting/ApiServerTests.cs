using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using QANexus.LocalHost.Functions;
using QANexus.LocalHost.Hosting;
using QANexus.LocalHost.Tests.Functions;

namespace QANexus.LocalHost.Tests.Hosting;

public sealed class ApiServerTests
{
    [Theory]
    [InlineData("GET", "/api/notes/a%20b", "GET [a b]")]
    [InlineData("PUT", "/api/notes/1", "PUT [1]")]
    [InlineData("DELETE", "/api/notes/1", "DELETE [rest: notes/1]")]
    [InlineData("GET", "/api/nothing/here", "GET [rest: nothing/here]")]
    [InlineData("GET", "/api", "GET [rest: ]")]
    [InlineData("GET", "/", "GET [rest: ]")]
    [InlineData("GET", "/outside", "GET [rest: outside]")]
    public async Task Requests_reach_the_function_of_their_method_and_route_or_the_catch_all(string method, string path, string answer)
    {
        await using var server = await StartAsync(0);
        using var client = new HttpClient { BaseAddress = server.Address };

        using var response = await client.SendAsync(new HttpRequestMessage(new HttpMethod(method), path));

        Assert.Equal(answer, await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Each_call_gets_an_instance_of_its_own_with_what_it_asks_for()
    {
        await using var server = await StartAsync(0);
        using var client = new HttpClient { BaseAddress = server.Address };

        var first = await client.GetStringAsync("/api/calls");
        var second = await client.GetStringAsync("/api/calls");

        Assert.Equal(("GET [1 of 1]", "GET [1 of 2]"), (first, second));
    }

    [Fact]
    public async Task A_server_listens_on_loopback_of_both_families()
    {
        var port = FreePort.Next();
        await using var server = await StartAsync(port);
        using var client = new HttpClient();

        Assert.Equal(port, server.Address.Port);
        Assert.Equal("GET [1]", await client.GetStringAsync($"http://127.0.0.1:{port}/api/notes/1"));
        if (Socket.OSSupportsIPv6)
        {
            Assert.Equal("GET [1]", await client.GetStringAsync($"http://[::1]:{port}/api/notes/1"));
        }
    }

    [Fact]
    public async Task A_busy_port_is_one_line_that_names_it_and_the_option()
    {
        using var occupied = new TcpListener(IPAddress.Loopback, 0);
        occupied.Start();
        var port = ((IPEndPoint)occupied.LocalEndpoint).Port;

        var failure = await Assert.ThrowsAsync<LocalHostStartException>(() => StartAsync(port));

        Assert.Equal($"Port {port} is in use by another program. Stop it, or choose another port with --port.", failure.Message);
    }

    [Fact]
    public async Task Stopping_lets_a_request_under_way_finish()
    {
        var gate = new Gate();
        await using var server = await StartAsync(0, services => services.AddSingleton(gate), typeof(Waiting));
        using var client = new HttpClient { BaseAddress = server.Address };

        var answer = client.GetStringAsync("/api/wait");
        await gate.Entered.Task;
        var stopped = server.DisposeAsync().AsTask();
        gate.Open.SetResult();

        Assert.Equal("GET [done]", await answer);
        await stopped;
        await Assert.ThrowsAsync<HttpRequestException>(() => client.GetStringAsync("/api/wait"));
    }

    private static Task<ApiServer> StartAsync(int port) => StartAsync(port, static services => services.AddSingleton<Counter>(), typeof(Notes), typeof(Calls));

    private static async Task<ApiServer> StartAsync(int port, Action<IServiceCollection> configureServices, params Type[] functions)
    {
        var server = ApiServer.Create(
            port, FunctionDiscovery.FindIn(functions).Http, new Dictionary<string, string?>(), configureServices, LogLevel.None);
        try
        {
            await server.StartAsync(CancellationToken.None);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    public sealed class Counter
    {
        public int Calls { get; set; }
    }

    public sealed class Calls(Counter counter)
    {
        private int own;

        [Function("calls")]
        public Task<IResult> Count([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "calls")] HttpRequest request) =>
            Echo.Text(request, $"{++own} of {++counter.Calls}");
    }

    public sealed class Notes
    {
        [Function("notes-read")]
        public Task<IResult> Read([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "notes/{id}")] HttpRequest request, string id) =>
            Echo.Text(request, id);

        [Function("notes-write")]
        public Task<IResult> Write([HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "notes/{id}")] HttpRequest request, string id) =>
            Echo.Text(request, id);

        [Function("zz-rest")]
        public Task<IResult> Rest([HttpTrigger(AuthorizationLevel.Anonymous, Route = "{*path}")] HttpRequest request, string? path) =>
            Echo.Text(request, $"rest: {path}");
    }

    public sealed class Gate
    {
        public TaskCompletionSource Entered { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource Open { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    public sealed class Waiting(Gate gate)
    {
        [Function("wait")]
        public async Task<IResult> Wait([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "wait")] HttpRequest request)
        {
            gate.Entered.SetResult();
            await gate.Open.Task;
            return await Echo.Text(request, "done");
        }
    }
}

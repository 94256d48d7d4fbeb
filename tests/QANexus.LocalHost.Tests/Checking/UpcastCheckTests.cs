using System.Net;
using System.Net.Http.Headers;
using System.Text;
using QANexus.EventStore.Streams;
using QANexus.EventStore.Upcasting;
using QANexus.LocalHost.Checking;
using QANexus.LocalHost.Commands;
using QANexus.LocalHost.Hosting;
using QANexus.LocalHost.Tests.Hosting;

namespace QANexus.LocalHost.Tests.Checking;

public sealed class UpcastCheckTests : IDisposable
{
    private readonly TempFolder folder = new();
    private readonly StringWriter output = new();
    private readonly StringWriter error = new();

    public void Dispose()
    {
        folder.Dispose();
        output.Dispose();
        error.Dispose();
    }

    [Fact]
    public async Task A_build_that_can_read_everything_says_so_with_exit_code_0()
    {
        await StoreAsync();

        Assert.Equal(0, await CheckAsync(new LocalHostOptions { DataDirectory = folder.Path, CosmosPort = 0, EventTypes = Later }, tenant: null));

        string[] lines = output.ToString().TrimEnd().Split(Environment.NewLine);
        Assert.Equal(
            [
                "type             version    unchanged      changed      dropped       failed",
                "Noise                  1            0            0            1            0",
                "Requested              1            0            2            0            0",
                "Secret                 1            1            0            0            0",
                "all                                 1            2            1            0",
            ],
            lines[..5]);
        Assert.Equal(
            [
                "changed  Requested v1: tenant acme, event Requirement:r1:1",
                "changed  Requested v1: tenant other, event Requirement:r1:1",
                "dropped  Noise v1: tenant acme, event Requirement:r1:2",
            ],
            lines[5..].Order(StringComparer.Ordinal));
        Assert.Empty(error.ToString());
    }

    [Fact]
    public async Task A_build_that_cannot_says_which_with_exit_code_1_and_never_shows_data()
    {
        await StoreAsync();

        var code = await CheckAsync(
            new LocalHostOptions
            {
                DataDirectory = folder.Path, CosmosPort = 0,
                EventTypes = static types => types.Add(EventType.Parse("Secret")).From(1).To(2, static data => throw new FormatException(data.ToJsonString())),
            },
            TenantId.Parse("acme"));

        Assert.Equal(1, code);
        Assert.Contains(
            "failed   Secret v1: tenant acme, event Requirement:r1:3: An event stored as Secret v1 cannot be upcast at step 'Secret v1 to v2': it threw FormatException.",
            output.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("Hopper", output.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("other", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_that_a_host_runs_on_is_one_line_that_says_what_to_do_and_its_port_serves_the_check()
    {
        await StoreAsync();
        await using var host = await LocalHostApplication.StartAsync(
            new LocalHostOptions { Port = 0, CosmosPort = 0, DataDirectory = folder.Path }, CancellationToken.None);

        Assert.Equal(2, await CommandLine.RunAsync(["upcast-check", "--data", folder.Path], output, error));
        Assert.Contains("--cosmos-endpoint http://localhost:8081", Assert.Single(error.ToString().TrimEnd().Split('\n')), StringComparison.Ordinal);
        Assert.Empty(output.ToString());

        Assert.Equal(0, await CommandLine.RunAsync(["upcast-check", "--tenant", "other", "--cosmos-endpoint", host.CosmosAddress.AbsoluteUri], output, error));
        Assert.Contains("Requested              1            1            0            0            0", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_that_is_not_there_is_not_made()
    {
        var missing = folder.Combine("missing");

        Assert.Equal(2, await CommandLine.RunAsync(["upcast-check", "--data", missing], output, error));

        Assert.Equal($"There is no data folder '{missing}'.{Environment.NewLine}", error.ToString());
        Assert.False(Directory.Exists(missing));
    }

    [Fact]
    public async Task A_catalogue_that_is_not_valid_is_one_line_for_the_check_and_for_the_host()
    {
        await StoreAsync();
        var broken = new LocalHostOptions
        {
            Port = 0, CosmosPort = 0, DataDirectory = folder.Path, EventTypes = static types => types.Add(EventType.Parse("Secret")).AtVersion(2),
        };

        Assert.Equal(2, await CheckAsync(broken, tenant: null));
        var failure = await Assert.ThrowsAsync<LocalHostStartException>(() => LocalHostApplication.StartAsync(broken, CancellationToken.None));

        const string Message = "The event catalogue is not valid: There is no step from Secret v1, although Secret is at v2.";
        Assert.Equal(Message + Environment.NewLine, error.ToString());
        Assert.Equal(Message, failure.Message);
    }

    [Theory]
    [InlineData("--tenant must be 1-64 of a-z, 0-9 and '-', starting with a letter or digit, not 'A'.", "--tenant", "A")]
    [InlineData("--data and --cosmos-endpoint exclude each other.", "--data", "d", "--cosmos-endpoint", "http://x")]
    [InlineData("--cosmos-key goes with --cosmos-endpoint.", "--cosmos-key", "k")]
    [InlineData("--cosmos-endpoint must be an http or https URL, not 'x'.", "--cosmos-endpoint", "x")]
    public async Task A_wrong_option_is_one_line_and_exit_code_2(string message, params string[] arguments)
    {
        Assert.Equal(2, await CommandLine.RunAsync(["upcast-check", .. arguments], output, error));

        Assert.Equal($"{message} (--help tells more.){Environment.NewLine}", error.ToString());
    }

    private static void Later(EventCatalogBuilder types)
    {
        types.Add(EventType.Parse("Requested")).From(1).To(2, static data => data["added"] = true);
        types.Add(EventType.Parse("Noise")).From(1).Drop();
    }

    private Task<int> CheckAsync(LocalHostOptions options, TenantId? tenant) => new UpcastCheckRun(output, error).RunAsync(options, tenant, CancellationToken.None);

    /// <summary>What a host that is gone has left in the folder.</summary>
    private async Task StoreAsync()
    {
        await using var host = await LocalHostApplication.StartAsync(
            new LocalHostOptions { Port = 0, CosmosPort = 0, DataDirectory = folder.Path }, CancellationToken.None);
        using var client = new HttpClient { BaseAddress = host.ApiAddress };
        await AppendAsync(client, "acme", """{"type":"Requested","data":{}},{"type":"Noise","data":{}},{"type":"Secret","data":{"name":"Grace Hopper"}}""");
        await AppendAsync(client, "other", """{"type":"Requested","data":{}}""");
    }

    private static async Task AppendAsync(HttpClient client, string tenant, string events)
    {
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes($$"""{"events":[{{events}}]}"""));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using var response = await client.PostAsync($"/api/v1/tenants/{tenant}/streams/Requirement/r1/events", content);
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
    }
}

using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using QANexus.LocalHost.Tests.Hosting;

namespace QANexus.LocalHost.Tests.Processes;

public sealed class ServingTests : IDisposable
{
    private const string Stream = "/api/v1/tenants/demo/streams/Requirement/req-1/events";

    private readonly TempFolder folder = new();

    private string[] Arguments => ["--port", "0", "--cosmos-port", "0", "--data", folder.Path];

    [SkippableFact]
    public async Task A_host_says_where_things_are_and_ends_with_0_when_it_is_told_to_stop()
    {
        Skip.If(OperatingSystem.IsWindows(), "Windows has no SIGTERM.");
        await using var host = await HostProcess.StartAsync(Arguments);
        using var client = new HttpClient();

        Assert.Equal(folder.Path, host.Said("Data"));
        Assert.True((await client.GetAsync(host.Said("OpenAPI"))).IsSuccessStatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await client.GetAsync(host.Said("Cosmos"))).StatusCode);
        Assert.Equal((0, string.Empty), await host.TerminateAsync());
    }

    [SkippableFact]
    public async Task The_command_that_it_prints_works_as_it_stands()
    {
        Skip.IfNot(File.Exists("/bin/sh") && File.Exists("/usr/bin/curl"), "There is no curl here.");
        await using var host = await HostProcess.StartAsync(Arguments);
        var command = host.Output.Select(static line => line.Trim()).Single(static line => line.StartsWith("curl ", StringComparison.Ordinal));

        using var shell = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", command])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var answer = await shell.StandardOutput.ReadToEndAsync();
        await shell.WaitForExitAsync();

        Assert.Equal(0, shell.ExitCode);
        Assert.StartsWith("HTTP/1.1 201 Created", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_acknowledged_is_there_after_a_kill()
    {
        string position;
        await using (var host = await HostProcess.StartAsync(Arguments))
        {
            position = await AppendAsync(host);
            await host.KillAsync();
        }

        await using var restarted = await HostProcess.StartAsync(Arguments);
        using var client = new HttpClient { BaseAddress = restarted.ApiAddress };
        using var read = await client.GetAsync(Stream);

        Assert.Equal(position, read.Headers.ETag?.ToString());
    }

    [Theory]
    [InlineData("--port")]
    [InlineData("--cosmos-port")]
    public async Task A_busy_port_is_one_line_and_exit_code_1(string option)
    {
        using var occupied = new TcpListener(IPAddress.Loopback, 0);
        occupied.Start();
        var port = ((IPEndPoint)occupied.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);
        var other = option == "--port" ? "--cosmos-port" : "--port";

        var (exitCode, output, error) = await HostProcess.RunAsync(option, port, other, "0", "--data", folder.Path);

        Assert.Equal((1, string.Empty), (exitCode, output));
        Assert.Equal($"Port {port} is in use by another program. Stop it, or choose another port with {option}.{Environment.NewLine}", error);
    }

    [Fact]
    public async Task A_folder_that_cannot_be_one_is_one_line_and_exit_code_1()
    {
        var file = folder.Combine("file");
        await File.WriteAllTextAsync(file, "in the way");

        var (exitCode, output, error) = await HostProcess.RunAsync("--port", "0", "--cosmos-port", "0", "--data", file);

        Assert.Equal((1, string.Empty), (exitCode, output));
        Assert.StartsWith($"The data directory '{file}' cannot be used: ", Assert.Single(Lines(error)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_host_on_the_same_folder_is_one_line_and_exit_code_1()
    {
        await using var first = await HostProcess.StartAsync(Arguments);

        var (exitCode, output, error) = await HostProcess.RunAsync(Arguments);

        Assert.Equal((1, string.Empty), (exitCode, output));
        Assert.Contains("in use by another process", Assert.Single(Lines(error)), StringComparison.Ordinal);
        await AppendAsync(first);
    }

    [Fact]
    public async Task A_file_is_imported_by_the_command()
    {
        var file = folder.Combine("appends.jsonl");
        await File.WriteAllLinesAsync(file, [Importing.ImportFixture.Line("a", 1), "no append", Importing.ImportFixture.Line("a", 2)]);
        await using var host = await HostProcess.StartAsync(Arguments);

        var (exitCode, output, error) = await HostProcess.RunAsync("import", file, "--url", host.ApiAddress.AbsoluteUri);

        Assert.Equal(1, exitCode);
        Assert.Equal("line 2: not JSON", Lines(error)[0]);
        Assert.Contains("tenant acme: 2 lines, 2 events", output, StringComparison.Ordinal);
        using var client = new HttpClient { BaseAddress = host.ApiAddress };
        Assert.Contains("\"version\":2}", await client.GetStringAsync("/api/v1/tenants/acme/streams/Note/a/events"), StringComparison.Ordinal);
    }

    public void Dispose() => folder.Dispose();

    private static string[] Lines(string text) => text.Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);

    private static async Task<string> AppendAsync(HostProcess host)
    {
        using var client = new HttpClient { BaseAddress = host.ApiAddress };
        using var appended = await client.PostAsync(
            Stream, new StringContent("""{"events":[{"type":"RequirementCreated","data":{}}]}""", Encoding.UTF8, "application/json"));
        Assert.Equal(HttpStatusCode.Created, appended.StatusCode);
        return appended.Headers.ETag!.ToString();
    }
}

using QANexus.LocalHost.Commands;
using QANexus.LocalHost.Hosting;

namespace QANexus.LocalHost.Tests.Demo;

public sealed class DemoTests
{
    [Fact]
    public async Task The_demonstration_plays_on_a_running_host_and_plays_again()
    {
        await using var host = await LocalHostApplication.StartAsync(
            new LocalHostOptions { Port = 0, CosmosPort = 0, InMemory = true, MinimumLogLevel = Microsoft.Extensions.Logging.LogLevel.None }, CancellationToken.None);

        foreach (var _ in (int[])[1, 2])
        {
            using var output = new StringWriter();
            using var error = new StringWriter();
            var exit = await CommandLine.RunAsync(["demo", "--url", host.ApiAddress.ToString(), "--tenant", "acme"], output, error);

            Assert.Equal((0, string.Empty), (exit, error.ToString()));
            Assert.Contains("is RELEASED with a score of 97; from the views the calculator makes 97.", output.ToString(), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("--tenant must be 1-64 of a-z, 0-9 and '-', starting with a letter or digit, not 'No'. (--help tells more.)", "--tenant", "No")]
    [InlineData("--url must be an http or https URL, not 'localhost'. (--help tells more.)", "--url", "localhost")]
    public async Task A_wrong_option_is_one_line(string message, params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();

        Assert.Equal(1, await CommandLine.RunAsync(["demo", .. arguments], output, error));

        Assert.Equal(message, error.ToString().TrimEnd());
    }
}

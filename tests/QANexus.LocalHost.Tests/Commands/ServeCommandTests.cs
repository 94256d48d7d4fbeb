using Microsoft.Extensions.Logging;
using QANexus.LocalHost.Commands;
using QANexus.LocalHost.Hosting;

namespace QANexus.LocalHost.Tests.Commands;

public sealed class ServeCommandTests
{
    private readonly ServeCommand command = new();

    [Fact]
    public void Without_options_the_defaults_that_the_readme_names_hold()
    {
        var options = Read();

        Assert.Equal(new LocalHostOptions(), options);
        Assert.Equal((7071, 8081, ".qanexus", false, LogLevel.Warning), (options.Port, options.CosmosPort, options.DataDirectory, options.InMemory, options.MinimumLogLevel));
    }

    [Fact]
    public void Options_say_where_things_are()
    {
        Assert.Equal(
            new LocalHostOptions { Port = 1, CosmosPort = 2, DataDirectory = "d", MinimumLogLevel = LogLevel.Information },
            Read("--port", "1", "--cosmos-port=2", "--data", "d", "--verbose"));
        Assert.Equal(new LocalHostOptions { InMemory = true }, Read("--in-memory"));
        Assert.Equal(new LocalHostOptions { EnableClear = true }, Read("--enable-clear"));
        Assert.Equal(new LocalHostOptions { Throughput = 400 }, Read("--throughput", "400"));
        Assert.Equal(
            new LocalHostOptions { CosmosEndpoint = new Uri("https://acme.documents.azure.com"), CosmosKey = "k" },
            Read("--cosmos-endpoint", "https://acme.documents.azure.com", "--cosmos-key", "k"));
    }

    [Fact]
    public void Faults_are_rules_in_the_order_in_which_they_were_given()
    {
        var options = Read("--fault", "429 requests=writes probability=0.1 seed=7", "--control-api", "--fault", "LostResponse times=3");

        Assert.Equal(
            ["429 requests=Create,Upsert,Replace,Delete,Patch,Batch probability=0.1 seed=7", "LostResponse times=3"],
            options.Faults.Select(rule => rule.ToString()));
        Assert.True(options.HasControlApi);
    }

    [Theory]
    [InlineData("--fault '429 probability=2': A probability is between 0 and 1.", "--fault", "429 probability=2")]
    [InlineData("--fault is about LocalCosmos, which --cosmos-endpoint replaces.", "--cosmos-endpoint", "http://x", "--fault", "429")]
    [InlineData("--control-api is about LocalCosmos, which --cosmos-endpoint replaces.", "--cosmos-endpoint", "http://x", "--control-api")]
    [InlineData("--throughput is about LocalCosmos, which --cosmos-endpoint replaces.", "--cosmos-endpoint", "http://x", "--throughput", "400")]
    [InlineData("--throughput must be a number from 400 to 1000000, not '399'.", "--throughput", "399")]
    [InlineData("--port must be a number from 0 to 65535, not 'x'.", "--port", "x")]
    [InlineData("--port must be a number from 0 to 65535, not '65536'.", "--port", "65536")]
    [InlineData("--port must be a number from 0 to 65535, not '-1'.", "--port=-1")]
    [InlineData("--cosmos-port must be a number from 0 to 65535, not '80 81'.", "--cosmos-port", "80 81")]
    [InlineData("--data must not be empty.", "--data", "")]
    [InlineData("--cosmos-endpoint must be an http or https URL, not 'ftp://x'.", "--cosmos-endpoint", "ftp://x")]
    [InlineData("--in-memory is about LocalCosmos, which --cosmos-endpoint replaces.", "--cosmos-endpoint", "http://x", "--in-memory")]
    [InlineData("--data is about LocalCosmos, which --cosmos-endpoint replaces.", "--cosmos-endpoint", "http://x", "--data", "d")]
    [InlineData("--cosmos-port is about LocalCosmos, which --cosmos-endpoint replaces.", "--cosmos-endpoint", "http://x", "--cosmos-port", "1")]
    [InlineData("--cosmos-key goes with --cosmos-endpoint.", "--cosmos-key", "k")]
    [InlineData("--data and --in-memory exclude each other.", "--data", "d", "--in-memory")]
    public async Task A_wrong_option_is_one_line_and_exit_code_1(string message, params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();

        Assert.Equal(1, await CommandLine.RunAsync(arguments, output, error));

        Assert.Equal($"{message} (--help tells more.){Environment.NewLine}", error.ToString());
        Assert.Empty(output.ToString());
    }

    [Fact]
    public async Task Help_names_every_option_and_succeeds()
    {
        using var output = new StringWriter();
        using var error = new StringWriter();

        Assert.Equal(0, await CommandLine.RunAsync(["--help"], output, error));

        Assert.All(command.Options, option => Assert.Contains(option.Name, output.ToString(), StringComparison.Ordinal));
        Assert.Empty(error.ToString());
    }

    private LocalHostOptions Read(params string[] arguments)
    {
        var parsed = command.Parse(arguments);
        Assert.Empty(parsed.Errors);
        return command.Read(parsed);
    }
}

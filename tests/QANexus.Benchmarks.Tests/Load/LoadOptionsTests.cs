using QANexus.Benchmarks.Load;

namespace QANexus.Benchmarks.Tests.Load;

public sealed class LoadOptionsTests
{
    [Fact]
    public void Arguments_say_what_to_send_where()
    {
        var options = LoadOptions.Parse("--url http://127.0.0.1:81 --writers 3 --batch 20 --rate 12.5 --duration 2 --pid 7".Split(' '));
        Assert.Equal(
            new LoadOptions
            {
                Url = new Uri("http://127.0.0.1:81/"), Writers = 3, Batch = 20, Rate = 12.5, Duration = TimeSpan.FromSeconds(2), ProcessId = 7,
            },
            options);
    }

    [Fact]
    public void Another_machine_is_loaded_only_where_that_is_said()
    {
        string[] remote = ["--url", "https://events.example.com"];
        Assert.Contains("--allow-remote", Assert.Throws<FormatException>(() => LoadOptions.Parse(remote)).Message, StringComparison.Ordinal);
        Assert.Equal("events.example.com", LoadOptions.Parse([.. remote, "--allow-remote"]).Url.Host);
    }

    [Theory]
    [InlineData("--writers 0")]
    [InlineData("--writers 1.5")]
    [InlineData("--batch 1001")]
    [InlineData("--rate none")]
    [InlineData("--rate -1")]
    [InlineData("--duration")]
    [InlineData("--url ftp://localhost")]
    [InlineData("--what 1")]
    public void What_makes_no_sense_is_refused(string arguments) => Assert.Throws<FormatException>(() => LoadOptions.Parse(arguments.Split(' ')));
}

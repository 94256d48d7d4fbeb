using System.Text.Json;
using System.Text.Json.Nodes;

namespace QANexus.LocalHost.Demo;

/// <summary>What the acts of the demonstration share: the client, the ids of this run, and the audience.</summary>
/// <param name="client">The way to the host.</param>
/// <param name="output">Where it is told.</param>
/// <param name="run">Tells the ids of this run from those of others.</param>
internal sealed class DemoStage(DemoClient client, TextWriter output, string run)
{
    public DemoClient Client => client;

    /// <summary>The version of the release: no run has the same.</summary>
    public string Version => $"1.0.0-demo.{run}";

    /// <summary>An id of this run.</summary>
    public string Id(string name) => $"{name}-{run}";

    public Task TitleAsync(string text) => output.WriteLineAsync($"{Environment.NewLine}{text}");

    public Task SayAsync(string text) => output.WriteLineAsync($"  {text}");

    /// <summary>Where to look.</summary>
    public Task ShowAsync(string path) => output.WriteLineAsync($"  see {client.AddressOf(path)}");

    /// <summary>Sends a command and tells what it raised.</summary>
    public async Task<JsonElement> DoAsync(string path, JsonObject body, CancellationToken cancellationToken)
    {
        var answer = await client.SendAsync(path, body, cancellationToken);
        var raised = answer.GetProperty("events").EnumerateArray().Select(static e => e.GetProperty("type").GetString()).ToList();
        await SayAsync($"POST {path}: {(raised.Count == 0 ? "nothing to do" : string.Join(", ", raised))}");
        return answer.GetProperty("state");
    }

    /// <summary>Waits for what follows by itself, and tells it.</summary>
    public async Task<JsonElement> AwaitAsync(string path, string what, Func<JsonElement, bool> isExpected, CancellationToken cancellationToken)
    {
        var found = await client.UntilAsync(path, what, isExpected, cancellationToken);
        await SayAsync($"-> {what}");
        return found;
    }
}

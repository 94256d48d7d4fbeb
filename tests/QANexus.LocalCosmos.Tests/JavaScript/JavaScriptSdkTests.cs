using QANexus.LocalCosmos.Authorization;
using QANexus.LocalCosmos.Tests.Conformance;
using QANexus.LocalCosmos.Tests.Packaging;
using QANexus.Testing.Node;

namespace QANexus.LocalCosmos.Tests.JavaScript;

/// <summary>Runs suite.mjs, which drives the JavaScript SDK, against an account on a port. Needs Node.js 20 and npm; says so where there are none.</summary>
public sealed class JavaScriptSdkTests
{
    [SkippableFact]
    [Proves(Area.Clients, "the JavaScript SDK, `@azure/cosmos` 4.9: items, ETags, batches, bulk, queries over partitions, change feed")]
    public async Task The_javascript_sdk_works()
    {
        var node = new NodeProgram(Path.Combine(AppContext.BaseDirectory, "JavaScript"));
        var installation = await node.InstallAsync();
        Skip.If(installation is null, "There is no 'npm' on the PATH.");
        Assert.True(installation.Value.Succeeded, installation.Value.Output);
        await using var cosmos = await CosmosFixture.OpenAsync(Transport.Port);

        var run = await node.RunAsync(input: string.Empty, "suite.mjs", cosmos.Endpoint.AbsoluteUri, WellKnownKey.Value);

        Skip.If(run is null, "There is no 'node' on the PATH.");
        var (passed, output) = run.Value;
        Assert.True(passed, output);
        Assert.Equal(9, output.Split('\n').Count(line => line.StartsWith("passed: ", StringComparison.Ordinal)));
    }
}

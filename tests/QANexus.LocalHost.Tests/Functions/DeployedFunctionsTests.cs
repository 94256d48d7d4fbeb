using System.Runtime.CompilerServices;
using System.Text.Json;
using QANexus.Api.Routing;
using QANexus.LocalHost.Functions;
using QANexus.LocalHost.Hosting;

namespace QANexus.LocalHost.Tests.Functions;

public sealed class DeployedFunctionsTests
{
    private static readonly FunctionSet Functions = FunctionDiscovery.FindIn(typeof(LocalHostApplication).Assembly.GetTypes());

    [Fact]
    public void Every_operation_of_the_API_has_the_function_of_its_name_and_there_is_no_other()
    {
        Assert.Equal(
            Operations.All.Select(static operation => (operation.Name, operation.Method, operation.Route)).Order(),
            Functions.Http.Where(static function => !function.IsCatchAll)
                .Select(static function => (function.Name, function.HttpMethods.Single().ToUpperInvariant(), function.Route.RawText!)).Order());
    }

    [Fact]
    public void What_no_function_takes_goes_to_the_last_one_whatever_the_method()
    {
        var last = Functions.Http[^1];

        Assert.True(last.IsCatchAll);
        Assert.Empty(last.HttpMethods);
    }

    /// <summary>Without this a failed call loses its batch, or what was stored before the first start is never delivered.</summary>
    [Fact]
    public void Every_change_feed_function_starts_from_the_beginning_and_is_repeated_without_end_under_leases_of_its_name()
    {
        Assert.All(Functions.ChangeFeed, static function =>
        {
            Assert.True(function.Trigger.StartFromBeginning);
            Assert.Equal(-1, function.Retry?.MaxRetryCount);
            Assert.Equal(function.Name, function.LeasePrefix);
        });
    }

    /// <summary>The templates keep an instance of each function in that list always ready.</summary>
    [Fact]
    public async Task The_functions_that_the_templates_keep_ready_are_those_of_the_change_feed()
    {
        var listed = JsonSerializer.Deserialize<string[]>(await File.ReadAllTextAsync(Path.Combine(RepositoryRoot(), "infra/change-feed-functions.json")));

        Assert.Equal(Functions.ChangeFeed.Select(static function => function.Name).Order(StringComparer.Ordinal), listed!.Order(StringComparer.Ordinal));
    }

    private static string RepositoryRoot([CallerFilePath] string source = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(source)!, "../../.."));
}

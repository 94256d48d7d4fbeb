using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using QANexus.LocalHost.Functions;

namespace QANexus.LocalHost.Tests.Functions;

public sealed class FunctionDiscoveryTests
{
    [Fact]
    public void Functions_are_found_in_the_order_of_their_names_with_methods_and_routes()
    {
        var functions = FunctionDiscovery.FindIn([typeof(Notes), typeof(NoFunctions)]).Http;

        Assert.Equal(["read-note", "write-note", "zz-nothing"], functions.Select(static function => function.Name));
        Assert.Equal(["get"], functions[0].HttpMethods);
        Assert.Equal("notes/{id}", functions[0].Route.RawText);
        Assert.True(functions[2].IsCatchAll);
        Assert.Empty(functions[2].HttpMethods);
    }

    [Fact]
    public void A_function_without_a_route_has_its_name_for_one()
    {
        var function = Assert.Single(FunctionDiscovery.FindIn([typeof(Unrouted)]).Http);

        Assert.Equal("ping", function.Route.RawText);
    }

    [Theory]
    [InlineData(typeof(SameName), "Two functions are called 'one'.")]
    [InlineData(typeof(Overlapping), "one path matches both 'notes/{id}' and 'notes/newest'")]
    [InlineData(typeof(OverlappingAnyMethod), "one path matches both 'notes' and 'NOTES'")]
    [InlineData(typeof(UnboundRouteValue), "Function 'read' has no parameter for 'id' of its route 'notes/{id}'.")]
    [InlineData(typeof(UnboundParameter), "Parameter 'name' of function 'read' is not a string from its route")]
    [InlineData(typeof(TypedParameter), "Parameter 'id' of function 'read' is not a string from its route")]
    [InlineData(typeof(NonNullableRest), "Parameter 'path' of function 'rest' must be nullable")]
    [InlineData(typeof(EarlyCatchAll), "its name must sort last; 'read' sorts after it.")]
    [InlineData(typeof(TwoCatchAlls), "its name must sort last; 'rest-two' sorts after it.")]
    [InlineData(typeof(NoTrigger), "Function 'tick' must have one [HttpTrigger], [CosmosDBTrigger] or [TimerTrigger].")]
    [InlineData(typeof(TriggerOnText), "Function 'tick' must have its [HttpTrigger] on an HttpRequest.")]
    [InlineData(typeof(TwoTriggers), "Function 'tick' must have one [HttpTrigger], [CosmosDBTrigger] or [TimerTrigger].")]
    [InlineData(typeof(RetriedRequest), "Function 'read' has a policy for retries, which an [HttpTrigger] has not")]
    [InlineData(typeof(UnnamedInHost), "'read note' is no name for a function")]
    [InlineData(typeof(NamedAsTheHost), "'Host' is no name for a function")]
    [InlineData(typeof(Hidden), "The method of function 'read' must be a public one of an instance.")]
    [InlineData(typeof(Static), "The method of function 'read' must be a public one of an instance.")]
    [InlineData(typeof(Overloads), "Function methods must not be overloads: 'read' (Overloads.Read), 'read-part' (Overloads.Read).")]
    public void What_the_two_hosts_would_not_run_alike_is_an_error_that_names_it(Type type, string part)
    {
        var error = Assert.Throws<FunctionDefinitionException>(() => FunctionDiscovery.FindIn([type]));

        Assert.Contains(part, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_clash_across_classes_and_whatever_their_case()
    {
        Assert.Throws<FunctionDefinitionException>(() => FunctionDiscovery.FindIn([typeof(Notes), typeof(NotesInCapitals)]));
    }

    [Fact]
    public void The_same_route_may_serve_different_methods()
    {
        Assert.Equal(2, FunctionDiscovery.FindIn([typeof(ReadAndWrite)]).Http.Count);
    }

    public sealed class Notes
    {
        [Function("write-note")]
        public Task<IResult> Write([HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "notes/{id}")] HttpRequest request, string id) =>
            Echo.Text(request, id);

        [Function("read-note")]
        public Task<IResult> Read(
            [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "notes/{id}")] HttpRequest request, string id, CancellationToken cancellationToken) =>
            Echo.Text(request, $"{id} {cancellationToken.IsCancellationRequested}");

        [Function("zz-nothing")]
        public Task<IResult> Nothing([HttpTrigger(AuthorizationLevel.Anonymous, Route = "{*path}")] HttpRequest request, string? path) =>
            Echo.Text(request, path);
    }

    public sealed class NotesInCapitals
    {
        [Function("READ-NOTE")]
        public Task<IResult> Read([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "capitals")] HttpRequest request) => Echo.Text(request, null);
    }

    public sealed class NoFunctions
    {
        public string Name => nameof(NoFunctions);
    }

    public sealed class Unrouted
    {
        [Function("ping")]
        public Task<IResult> Ping([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request) => Echo.Text(request, null);
    }

    public sealed class SameName
    {
        [Function("one")]
        public Task<IResult> First([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "first")] HttpRequest request) => Echo.Text(request, null);

        [Function("one")]
        public Task<IResult> Second([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "second")] HttpRequest request) => Echo.Text(request, null);
    }

    public sealed class Overlapping
    {
        [Function("any")]
        public Task<IResult> Any([HttpTrigger(AuthorizationLevel.Anonymous, "get", "post", Route = "notes/{id}")] HttpRequest request, string id) =>
            Echo.Text(request, id);

        [Function("newest")]
        public Task<IResult> Newest([HttpTrigger(AuthorizationLevel.Anonymous, "GET", Route = "notes/newest")] HttpRequest request) => Echo.Text(request, null);
    }

    public sealed class OverlappingAnyMethod
    {
        [Function("any")]
        public Task<IResult> Any([HttpTrigger(AuthorizationLevel.Anonymous, Route = "notes")] HttpRequest request) => Echo.Text(request, null);

        [Function("post")]
        public Task<IResult> Post([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "NOTES")] HttpRequest request) => Echo.Text(request, null);
    }

    public sealed class UnboundRouteValue
    {
        [Function("read")]
        public Task<IResult> Read([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "notes/{id}")] HttpRequest request) => Echo.Text(request, null);
    }

    public sealed class UnboundParameter
    {
        [Function("read")]
        public Task<IResult> Read([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "notes")] HttpRequest request, string name) =>
            Echo.Text(request, name);
    }

    public sealed class TypedParameter
    {
        [Function("read")]
        public Task<IResult> Read([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "notes/{id}")] HttpRequest request, Guid id) =>
            Echo.Text(request, id.ToString());
    }

    public sealed class NonNullableRest
    {
        [Function("rest")]
        public Task<IResult> Rest([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "notes/{*path}")] HttpRequest request, string path) =>
            Echo.Text(request, path);
    }

    public sealed class EarlyCatchAll
    {
        [Function("all")]
        public Task<IResult> All([HttpTrigger(AuthorizationLevel.Anonymous, Route = "{*path}")] HttpRequest request, string? path) => Echo.Text(request, path);

        [Function("read")]
        public Task<IResult> Read([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "notes")] HttpRequest request) => Echo.Text(request, null);
    }

    public sealed class TwoCatchAlls
    {
        [Function("rest-one")]
        public Task<IResult> One([HttpTrigger(AuthorizationLevel.Anonymous, Route = "{*path}")] HttpRequest request, string? path) => Echo.Text(request, path);

        [Function("rest-two")]
        public Task<IResult> Two([HttpTrigger(AuthorizationLevel.Anonymous, Route = "{*path}")] HttpRequest request, string? path) => Echo.Text(request, path);
    }

    public sealed class NoTrigger
    {
        [Function("tick")]
        public Task<IResult> Tick(HttpRequest request) => Echo.Text(request, null);
    }

    public sealed class TriggerOnText
    {
        [Function("tick")]
        public Task<IResult> Tick([HttpTrigger(AuthorizationLevel.Anonymous)] string request) => Task.FromResult(Results.Text(request));
    }

    public sealed class TwoTriggers
    {
        [Function("tick")]
        public Task<IResult> Tick([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request, [TimerTrigger("0 * * * * *")] TimerInfo timer) =>
            Echo.Text(request, timer.ToString());
    }

    public sealed class RetriedRequest
    {
        [Function("read"), FixedDelayRetry(3, "00:00:01")]
        public Task<IResult> Read([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request) => Echo.Text(request, null);
    }

    public sealed class UnnamedInHost
    {
        [Function("read note")]
        public Task<IResult> Read([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "notes")] HttpRequest request) => Echo.Text(request, null);
    }

    public sealed class NamedAsTheHost
    {
        [Function("Host")]
        public Task<IResult> Read([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "notes")] HttpRequest request) => Echo.Text(request, null);
    }

    public sealed class Hidden
    {
        [Function("read")]
        internal Task<IResult> Read([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "notes")] HttpRequest request) => Echo.Text(request, null);
    }

    public sealed class Static
    {
        [Function("read")]
        public static Task<IResult> Read([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "notes")] HttpRequest request) => Echo.Text(request, null);
    }

    public sealed class Overloads
    {
        [Function("read")]
        public Task<IResult> Read([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "notes")] HttpRequest request) => Echo.Text(request, null);

        [Function("read-part")]
        public Task<IResult> Read([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "notes/{id}")] HttpRequest request, string id) =>
            Echo.Text(request, id);
    }

    public sealed class ReadAndWrite
    {
        [Function("read")]
        public Task<IResult> Read([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "notes")] HttpRequest request) => Echo.Text(request, null);

        [Function("write")]
        public Task<IResult> Write([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "notes")] HttpRequest request) => Echo.Text(request, null);
    }
}

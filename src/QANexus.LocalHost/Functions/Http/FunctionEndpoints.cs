using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.DependencyInjection;

namespace QANexus.LocalHost.Functions.Http;

/// <summary>Serves functions over HTTP as the Functions host does: below one prefix, with a new instance of the class for each call.</summary>
internal static class FunctionEndpoints
{
    /// <summary>The <c>routePrefix</c> of host.json.</summary>
    public const string Prefix = "api";

    public static void MapFunctions(this IEndpointRouteBuilder endpoints, IEnumerable<HttpFunction> functions)
    {
        var prefix = RoutePatternFactory.Parse(Prefix);
        foreach (var function in functions)
        {
            // Made when it is first called: to make them all takes a tenth of a second.
            var binding = new Lazy<RequestDelegate>(() => CreateDelegate(function, endpoints.ServiceProvider));
            Task handler(HttpContext context) => binding.Value(context);
            endpoints.Map(function, RoutePatternFactory.Combine(prefix, function.Route), handler);
            if (function.IsCatchAll)
            {
                // What lies outside the prefix is nobody's, and deserves the same answer as what is nobody's inside.
                endpoints.Map(function, function.Route, handler);
            }
        }
    }

    private static void Map(this IEndpointRouteBuilder endpoints, HttpFunction function, RoutePattern route, RequestDelegate handler)
    {
        var builder = endpoints.Map(route, handler).WithDisplayName(function.Name);
        if (function.HttpMethods.Count > 0)
        {
            builder.WithMetadata(new HttpMethodMetadata(function.HttpMethods));
        }
    }

    private static RequestDelegate CreateDelegate(HttpFunction function, IServiceProvider services)
    {
        var create = ActivatorUtilities.CreateFactory(function.Method.DeclaringType!, Type.EmptyTypes);
        var options = new RequestDelegateFactoryOptions
        {
            ServiceProvider = services,
            RouteParameterNames = function.Route.Parameters.Select(static parameter => parameter.Name),
        };
        return RequestDelegateFactory.Create(function.Method, context => create(context.RequestServices, null), options).RequestDelegate;
    }
}

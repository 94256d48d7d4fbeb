using System.Reflection;
using Microsoft.AspNetCore.Routing.Patterns;

namespace QANexus.LocalHost.Functions.Http;

/// <summary>A function method with an HTTP trigger.</summary>
/// <param name="Name">Its name, unique in the application.</param>
/// <param name="Method">The method.</param>
/// <param name="HttpMethods">What it answers; all where empty.</param>
/// <param name="Route">Its route below the prefix.</param>
internal sealed record HttpFunction(string Name, MethodInfo Method, IReadOnlyList<string> HttpMethods, RoutePattern Route) : Function(Name, Method)
{
    /// <summary>It takes whatever no other function takes.</summary>
    public bool IsCatchAll => Route.PathSegments is [{ Parts: [RoutePatternParameterPart { IsCatchAll: true }] }];

    public bool SharesMethodWith(HttpFunction other) =>
        HttpMethods.Count == 0 || other.HttpMethods.Count == 0
        || HttpMethods.Intersect(other.HttpMethods, StringComparer.OrdinalIgnoreCase).Any();
}

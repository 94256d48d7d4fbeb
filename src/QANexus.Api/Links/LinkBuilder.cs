using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace QANexus.Api.Links;

/// <summary>Makes absolute URLs of this API, as its callers reach it; relative ones for a request that does not say by what name it does.</summary>
public sealed class LinkBuilder(IOptions<ApiOptions> options)
{
    private readonly string? publicBase = options.Value.PublicBaseAddress?.AbsoluteUri.TrimEnd('/');

    /// <summary>The URL that the request went to, without its query.</summary>
    internal string Self(HttpRequest request) =>
        (publicBase ?? $"{Authority(request)}{request.PathBase.ToUriComponent()}") + request.Path.ToUriComponent();

    /// <summary>The URL of what lies below the one that the request went to.</summary>
    internal string Below(HttpRequest request, string segment) => $"{Self(request).TrimEnd('/')}/{Uri.EscapeDataString(segment)}";

    /// <summary>The URL that the request went to, with the same query but for <paramref name="name"/>.</summary>
    internal string Self(HttpRequest request, string name, string value)
    {
        var kept = request.Query
            .Where(parameter => !string.Equals(parameter.Key, name, StringComparison.Ordinal) && parameter.Value is [{ Length: > 0 }])
            .Select(static parameter => KeyValuePair.Create(parameter.Key, (string?)parameter.Value));
        return Self(request) + QueryString.Create([.. kept, KeyValuePair.Create(name, (string?)value)]).ToUriComponent();
    }

    private static string Authority(HttpRequest request) => request.Host.HasValue ? $"{request.Scheme}://{request.Host.ToUriComponent()}" : string.Empty;
}

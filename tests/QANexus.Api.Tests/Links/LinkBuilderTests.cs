using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using QANexus.Api.Links;

namespace QANexus.Api.Tests.Links;

public sealed class LinkBuilderTests
{
    [Theory]
    [InlineData("store.example:8080", null, "https://store.example:8080/api/v1/streams?cursor=c")]
    [InlineData("", null, "/api/v1/streams?cursor=c")]
    [InlineData("store.example:8080", "https://public.example/qa/api", "https://public.example/qa/api/v1/streams?cursor=c")]
    public void A_link_names_the_host_that_the_request_came_to_or_the_configured_one_or_none(string host, string? configured, string expected)
    {
        var options = new ApiOptions { PublicBaseAddress = configured is null ? null : new Uri(configured) };
        var request = new DefaultHttpContext().Request;
        (request.Scheme, request.Host, request.PathBase, request.Path) = ("https", new HostString(host), "/api", "/v1/streams");

        Assert.Equal(expected, new LinkBuilder(Options.Create(options)).Self(request, "cursor", "c"));
    }
}

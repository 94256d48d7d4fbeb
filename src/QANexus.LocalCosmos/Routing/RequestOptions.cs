using System.Globalization;
using QANexus.LocalCosmos.Gateway;

namespace QANexus.LocalCosmos.Routing;

/// <summary>Request headers that mean the same for every operation on items.</summary>
internal static class RequestOptions
{
    private const int DefaultPageSize = 1000;

    // CosmosBinary starts with this byte, which no JSON text has.
    private const byte BinaryMark = 0x80;

    /// <exception cref="RequestRefusedException">400: an option that this server would have to ignore.</exception>
    public static void RefuseUnsupported(GatewayRequest request)
    {
        if (request.Header("x-ms-documentdb-pre-trigger-include") is not null || request.Header("x-ms-documentdb-post-trigger-include") is not null)
            throw RequestRefusedException.Unsupported("triggers");
        if (string.Equals(request.Header("x-ms-indexing-directive"), "Exclude", StringComparison.OrdinalIgnoreCase))
            throw RequestRefusedException.Unsupported("the indexing directive 'Exclude'");
        if (request.Header(CosmosHeaders.ConsistencyLevel) is { } level
            && (level.Equals("Strong", StringComparison.OrdinalIgnoreCase) || level.Equals("BoundedStaleness", StringComparison.OrdinalIgnoreCase)))
            throw RequestRefusedException.BadRequest($"ConsistencyLevel {level} specified in the request is invalid when service is configured with consistency level Session.");
        if (!request.Body.IsEmpty && request.Body.Span[0] == BinaryMark)
            throw RequestRefusedException.Unsupported("CosmosBinary bodies");
    }

    public static bool PrefersMinimalReturn(GatewayRequest request) =>
        string.Equals(request.Header(CosmosHeaders.Prefer), "return=minimal", StringComparison.OrdinalIgnoreCase);

    /// <summary>Items on a page; none given, zero and less mean as many as the server likes.</summary>
    /// <exception cref="RequestRefusedException">400: not a number.</exception>
    public static int PageSize(GatewayRequest request)
    {
        if (request.Header(CosmosHeaders.MaxItemCount) is not { } text)
            return DefaultPageSize;
        if (!int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var count))
            throw RequestRefusedException.BadRequest($"'{text}' is not a number of items.");
        return count > 0 ? count : DefaultPageSize;
    }
}

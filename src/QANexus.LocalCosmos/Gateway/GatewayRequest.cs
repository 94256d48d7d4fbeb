namespace QANexus.LocalCosmos.Gateway;

/// <summary>A request as every transport hands it in.</summary>
internal sealed class GatewayRequest(
    string method, RequestTarget target, Uri baseAddress, IReadOnlyDictionary<string, string> headers, ReadOnlyMemory<byte> body)
{
    /// <summary>The verb in upper case.</summary>
    public string Method { get; } = method;

    /// <summary>Decoded path segments; empty for the account itself.</summary>
    public IReadOnlyList<string> Segments => target.Segments;

    /// <summary>The query string without its question mark, still encoded.</summary>
    public string Query => target.Query;

    /// <summary>Scheme and authority that the client used to get here; the account names itself by it.</summary>
    public Uri BaseAddress { get; } = baseAddress;

    /// <summary>Names compare case-insensitively; several values of one name are joined with a comma.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; } = headers;

    public ReadOnlyMemory<byte> Body { get; } = body;

    /// <summary>The header's value, or null where the request has none. An empty value is a value (an empty start of an EPK range is one).</summary>
    public string? Header(string name) => Headers.GetValueOrDefault(name);

    /// <summary>Whether the header says <c>True</c>, in any case.</summary>
    public bool Flag(string name) => bool.TryParse(Header(name), out var value) && value;
}

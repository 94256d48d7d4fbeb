using System.Text;

namespace QANexus.EndToEnd.Tests.Fuzzing;

/// <summary>A request as it goes over the wire, so that it can be what no client library would send.</summary>
/// <param name="Method">The method.</param>
/// <param name="Path">Path of the target, encoded.</param>
/// <param name="Query">The query with its question mark, or nothing.</param>
/// <param name="Headers">In order; names may repeat.</param>
/// <param name="Body">The body, if there is one.</param>
internal sealed record RawRequest(string Method, string Path, string Query, IReadOnlyList<(string Name, string Value)> Headers, byte[]? Body)
{
    /// <summary>Whether the body is sent in chunks and its length is not announced.</summary>
    public bool IsChunked { get; init; }

    /// <summary>What is sent as the size of the first chunk where it is no size; the server closes the connection then.</summary>
    public string? BrokenChunk { get; init; }

    /// <summary>Whether it may break the rules of HTTP itself, so that the server answers before any of our code is asked.</summary>
    public bool MayBreakProtocol { get; init; }

    public byte[] ToBytes(string host)
    {
        var head = new StringBuilder().Append(Method).Append(' ').Append(Path).Append(Query).Append(" HTTP/1.1\r\n");
        if (!Headers.Any(static header => header.Name == "Host"))
        {
            head.Append("Host: ").Append(host).Append("\r\n");
        }

        foreach (var (name, value) in Headers)
        {
            head.Append(name).Append(": ").Append(value).Append("\r\n");
        }

        if (Body is { } body)
        {
            head.Append(IsChunked ? "Transfer-Encoding: chunked\r\n" : $"Content-Length: {body.Length}\r\n");
        }

        head.Append("\r\n");
        return [.. Encoding.Latin1.GetBytes(head.ToString()), .. WriteBody()];
    }

    /// <summary>What to repeat it with: the beginning of long ones.</summary>
    public override string ToString()
    {
        var text = Encoding.Latin1.GetString(ToBytes("localhost"));
        return text.Length <= 3000 ? text : text[..3000] + $"… ({text.Length} characters)";
    }

    private byte[] WriteBody()
    {
        if (Body is null || !IsChunked)
        {
            return Body ?? [];
        }

        using var chunks = new MemoryStream();
        chunks.Write(Encoding.ASCII.GetBytes(BrokenChunk is { } size ? size + "\r\n" : string.Empty));
        foreach (var chunk in Body.Chunk(4096))
        {
            chunks.Write(Encoding.ASCII.GetBytes($"{chunk.Length:x}\r\n"));
            chunks.Write(chunk);
            chunks.Write("\r\n"u8);
        }

        chunks.Write("0\r\n\r\n"u8);
        return chunks.ToArray();
    }
}

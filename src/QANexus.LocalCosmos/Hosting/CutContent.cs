using System.Net;

namespace QANexus.LocalCosmos.Hosting;

/// <summary>A body that breaks off in the middle, as one does whose connection went away.</summary>
internal sealed class CutContent(ReadOnlyMemory<byte> body) : HttpContent
{
    public static HttpIOException Ended() => new(HttpRequestError.ResponseEnded, "The response ended prematurely.");

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        await stream.WriteAsync(body[..(body.Length / 2)]);
        throw Ended();
    }

    protected override bool TryComputeLength(out long length)
    {
        length = body.Length;
        return true;
    }
}

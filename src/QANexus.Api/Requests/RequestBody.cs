using Microsoft.AspNetCore.Http;

namespace QANexus.Api.Requests;

/// <summary>Takes a request's body into memory, up to a limit.</summary>
internal static class RequestBody
{
    private const int FirstBuffer = 4 * 1024;

    /// <summary>
    /// The body, or null if it is larger than <paramref name="maxBytes"/>: by its announced length, without reading it, or by counting. The memory
    /// is the caller's alone and may be kept.
    /// </summary>
    public static async Task<ReadOnlyMemory<byte>?> ReadAsync(HttpRequest request, int maxBytes, CancellationToken cancellationToken)
    {
        if (request.ContentLength > maxBytes)
        {
            return null;
        }

        // One byte more than announced, so that the end is seen without growing.
        var buffer = new byte[(int)(request.ContentLength ?? FirstBuffer) + 1];
        var length = 0;
        while (await request.Body.ReceiveAsync(buffer.AsMemory(length), cancellationToken) is var read and > 0)
        {
            length += read;
            if (length > maxBytes)
            {
                return null;
            }

            if (length == buffer.Length)
            {
                Array.Resize(ref buffer, Math.Min(buffer.Length * 2, maxBytes + 1));
            }
        }

        return buffer.AsMemory(0, length);
    }
}

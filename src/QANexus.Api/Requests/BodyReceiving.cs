using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;

namespace QANexus.Api.Requests;

/// <summary>Takes a body off the connection.</summary>
internal static class BodyReceiving
{
    /// <summary>
    /// The next bytes of a request's body, 0 at its end. Some of what a caller can send wrongly, such as a chunk longer than numbers reach, the server
    /// reports as it reports a disk that fails: here it is the request that is bad.
    /// </summary>
    /// <exception cref="BadHttpRequestException">What arrives is no body by the rules of HTTP.</exception>
    public static async ValueTask<int> ReceiveAsync(this Stream body, Memory<byte> buffer, CancellationToken cancellationToken)
    {
        try
        {
            return await body.ReadAsync(buffer, cancellationToken);
        }
        catch (IOException failure) when (failure is not (BadHttpRequestException or ConnectionResetException))
        {
            throw new BadHttpRequestException("The body breaks the rules of HTTP.", failure);
        }
    }
}

using System.Buffers;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace QANexus.Api.Requests;

/// <summary>Takes a request's body to a temporary file, for bodies that memory should not hold.</summary>
internal static class SpooledBody
{
    private const int BufferBytes = 64 * 1024;

    /// <summary>
    /// The body from its beginning, or null if it is larger than <paramref name="maxBytes"/>: by its announced length, without reading it, or by
    /// counting. The file has no name that anybody else finds, and is gone when it is disposed.
    /// </summary>
    public static async Task<FileStream?> ReadAsync(HttpRequest request, long maxBytes, CancellationToken cancellationToken)
    {
        if (request.ContentLength > maxBytes)
        {
            return null;
        }

        LiftServerLimit(request.HttpContext.Features);
        var file = Create();
        try
        {
            if (await TryCopyAsync(request.Body, file, maxBytes, cancellationToken))
            {
                file.Position = 0;
                return file;
            }
        }
        catch
        {
            await file.DisposeAsync();
            throw;
        }

        await file.DisposeAsync();
        return null;
    }

    /// <summary>The server's own limit is for the other operations, whose bodies are small: here bytes are counted.</summary>
    private static void LiftServerLimit(IFeatureCollection features)
    {
        if (features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = null;
        }
    }

    private static FileStream Create()
    {
        // Made by the system with a name that is free, readable for this user alone.
        var path = Path.GetTempFileName();
        var file = new FileStream(path, new FileStreamOptions
        {
            Mode = FileMode.Open,
            Access = FileAccess.ReadWrite,
            BufferSize = 0,
            Options = FileOptions.Asynchronous | FileOptions.DeleteOnClose,
        });
        if (!OperatingSystem.IsWindows())
        {
            // Windows deletes it whatever becomes of the process; elsewhere only a file without a name is sure to go.
            File.Delete(path);
        }

        return file;
    }

    private static async Task<bool> TryCopyAsync(Stream body, FileStream file, long maxBytes, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            var length = 0L;
            while (await body.ReceiveAsync(buffer, cancellationToken) is var read and > 0)
            {
                length += read;
                if (length > maxBytes)
                {
                    return false;
                }

                await file.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
            }

            return true;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}

using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace QANexus.LocalCosmos.Tests.Hosting;

/// <summary>A socket on which a test says whatever it likes.</summary>
internal sealed class RawConnection : IDisposable
{
    private readonly NetworkStream _stream;

    private RawConnection(Socket socket) => _stream = new NetworkStream(socket, ownsSocket: true);

    public static async Task<RawConnection> OpenAsync(Uri endpoint)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(endpoint.Host, endpoint.Port);
        return new RawConnection(socket);
    }

    public async Task SendAsync(string text) => await SendAsync(Encoding.Latin1.GetBytes(text));

    public async Task SendAsync(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            await _stream.WriteAsync(bytes);
        }
        catch (IOException)
        {
            // The server may have hung up already; what it said first is still to be read.
        }
    }

    public void FinishSending()
    {
        try
        {
            _stream.Socket.Shutdown(SocketShutdown.Send);
        }
        catch (SocketException)
        {
            // The server hung up first.
        }
    }

    /// <summary>Everything until the server closes; a reset is a close.</summary>
    public async Task<string> ReadToEndAsync()
    {
        using var received = new MemoryStream();
        var buffer = new byte[4096];
        try
        {
            while (await _stream.ReadAsync(buffer) is > 0 and var count)
                received.Write(buffer, 0, count);
        }
        catch (IOException)
        {
            // Reset by the server.
        }

        return Encoding.Latin1.GetString(received.ToArray());
    }

    /// <summary>The status of the first answer, or 0 where the server just closed.</summary>
    public async Task<int> ReadStatusAsync()
    {
        var text = await ReadToEndAsync();
        return text.StartsWith("HTTP/1.1 ", StringComparison.Ordinal) ? int.Parse(text[9..12], CultureInfo.InvariantCulture) : 0;
    }

    public void Dispose() => _stream.Dispose();
}

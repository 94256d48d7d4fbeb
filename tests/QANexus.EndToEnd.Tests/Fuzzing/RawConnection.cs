using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace QANexus.EndToEnd.Tests.Fuzzing;

/// <summary>A connection over HTTP/1.1 that sends what it is given and reads what comes back. It reconnects where the server closed it.</summary>
internal sealed class RawConnection(Uri host) : IDisposable
{
    private readonly byte[] buffer = new byte[64 * 1024];
    private TcpClient? client;
    private int start;
    private int end;

    public async Task<RawAnswer> SendAsync(RawRequest request)
    {
        client ??= await ConnectAsync();
        var sending = SendAsync(client.GetStream(), request.ToBytes(host.Authority));
        var answer = await ReadAnswerAsync(request.Method);
        await sending;
        if (answer.ClosesConnection || request.BrokenChunk is not null)
        {
            Close();
        }

        return answer;
    }

    public void Dispose() => Close();

    /// <summary>A server that refuses a request may close before it has read all of it.</summary>
    private static async Task SendAsync(NetworkStream stream, byte[] bytes)
    {
        try
        {
            await stream.WriteAsync(bytes);
        }
        catch (IOException)
        {
            // The answer says why, or reading it fails.
        }
    }

    private async Task<TcpClient> ConnectAsync()
    {
        var connected = new TcpClient { NoDelay = true };
        await connected.ConnectAsync(host.Host, host.Port);
        (start, end) = (0, 0);
        return connected;
    }

    private void Close()
    {
        client?.Dispose();
        client = null;
    }

    private async Task<RawAnswer> ReadAnswerAsync(string method)
    {
        var status = int.Parse((await ReadLineAsync()).Split(' ')[1], CultureInfo.InvariantCulture);
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        while (await ReadLineAsync() is { Length: > 0 } line)
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            headers[line[..colon]] = line[(colon + 1)..].Trim();
        }

        var hasBody = method != "HEAD" && status is not 304;
        var isEndless = hasBody && !headers.ContainsKey("Content-Length");
        var body = hasBody && !isEndless ? await ReadAsync(int.Parse(headers["Content-Length"], CultureInfo.InvariantCulture)) : [];
        return new RawAnswer(status, headers, body)
        {
            ClosesConnection = isEndless || headers.GetValueOrDefault("Connection") is "close",
        };
    }

    private async Task<string> ReadLineAsync()
    {
        var line = new StringBuilder();
        while (true)
        {
            await FillAsync();
            var newLine = Array.IndexOf(buffer, (byte)'\n', start, end - start);
            var stop = newLine < 0 ? end : newLine + 1;
            line.Append(Encoding.Latin1.GetString(buffer, start, stop - start));
            start = stop;
            if (newLine >= 0)
            {
                return line.ToString().TrimEnd('\r', '\n');
            }
        }
    }

    private async Task<byte[]> ReadAsync(int length)
    {
        var body = new byte[length];
        for (var read = 0; read < length;)
        {
            await FillAsync();
            var count = Math.Min(length - read, end - start);
            buffer.AsSpan(start, count).CopyTo(body.AsSpan(read));
            (start, read) = (start + count, read + count);
        }

        return body;
    }

    private async Task FillAsync()
    {
        if (start == end)
        {
            (start, end) = (0, await client!.GetStream().ReadAsync(buffer));
            if (end == 0)
            {
                throw new IOException("The server closed the connection without an answer.");
            }
        }
    }
}

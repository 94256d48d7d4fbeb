using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace QANexus.Benchmarks.Comparison;

/// <summary>
/// A PostgreSQL cluster of its own in a temporary folder, on a free port of the loopback address, that flushes each commit to the disk. PostgreSQL does not
/// run as root; where this program does, the cluster runs as the user that its package makes.
/// </summary>
internal sealed class PostgresCluster : IAsyncDisposable
{
    private const string User = "postgres";
    private const string StopAtOnce = "INT";

    private readonly Process server;
    private readonly Func<Task> stop;

    private PostgresCluster(Process server, int port, Func<Task> stop)
    {
        (this.server, this.stop) = (server, stop);
        ConnectionString = string.Create(CultureInfo.InvariantCulture, $"Host=127.0.0.1;Port={port};Username={User};Database={User};Maximum Pool Size=50");
    }

    public string ConnectionString { get; }

    /// <exception cref="InvalidOperationException">PostgreSQL is not installed, or does not start; the message says what it said.</exception>
    public static async Task<PostgresCluster> StartAsync()
    {
        var programs = FindPrograms();
        var folder = Directory.CreateTempSubdirectory("qanexus-postgres-").FullName;
        Process? process = null;
        try
        {
            if (Environment.IsPrivilegedProcess)
            {
                await RunAsync("chown", [User, folder]);
            }

            var data = Path.Combine(folder, "data");
            await RunAsync(Program(programs, "initdb"), ["-D", data, "-U", User, "-A", "trust", "-E", "UTF8", "--locale=C"], asUser: true);
            var port = FreePort();
            process = Start(
                Program(programs, "postgres"),
                [
                    "-D", data, "-p", port.ToString(CultureInfo.InvariantCulture), "-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories=",
                    "-c", "fsync=on", "-c", "synchronous_commit=on", "-c", "full_page_writes=on", "-c", "shared_buffers=256MB", "-c", "log_min_messages=fatal",
                ],
                asUser: true);
            await RunAsync(
                Program(programs, "pg_isready"), ["-h", "127.0.0.1", "-p", port.ToString(CultureInfo.InvariantCulture)], attempts: 300, whileAlive: process);
            return new PostgresCluster(process, port, () => StopAsync(programs, folder, process));
        }
        catch
        {
            process?.Kill();
            process?.Dispose();
            Directory.Delete(folder, recursive: true);
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await stop();
        server.Dispose();
    }

    private static async Task StopAsync(string programs, string folder, Process server)
    {
        await RunAsync(Program(programs, "pg_ctl"), ["kill", StopAtOnce, server.Id.ToString(CultureInfo.InvariantCulture)], asUser: true);
        await server.WaitForExitAsync();
        Directory.Delete(folder, recursive: true);
    }

    private static string FindPrograms()
    {
        var path = (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator);
        // Debian keeps them out of the path, a folder for each version.
        var debian = Directory.Exists("/usr/lib/postgresql") ? Directory.EnumerateDirectories("/usr/lib/postgresql").Select(static at => Path.Combine(at, "bin")) : [];
        return debian.OrderDescending(StringComparer.Ordinal).Concat(path).FirstOrDefault(static at => File.Exists(Path.Combine(at, "initdb")))
            ?? throw new InvalidOperationException("PostgreSQL is not here: install the package postgresql, or put its programs on the path.");
    }

    private static string Program(string programs, string name) => Path.Combine(programs, name);

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Starts a program, in its place where it must be another user's: its process id is the program's own either way.</summary>
    private static Process Start(string program, IReadOnlyList<string> arguments, bool asUser)
    {
        var isOther = asUser && Environment.IsPrivilegedProcess;
        IReadOnlyList<string> line = isOther
            ? ["setpriv", $"--reuid={User}", $"--regid={User}", "--clear-groups", program, .. arguments]
            : [program, .. arguments];
        var start = new ProcessStartInfo(line[0], line.Skip(1))
        {
            UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = "/",
        };
        return Process.Start(start)!;
    }

    private static async Task RunAsync(
        string program, IReadOnlyList<string> arguments, bool asUser = false, int attempts = 1, Process? whileAlive = null)
    {
        for (var attempt = 1; ; attempt++)
        {
            using var process = Start(program, arguments, asUser);
            var output = process.StandardOutput.ReadToEndAsync();
            var errors = await process.StandardError.ReadToEndAsync();
            await process.WaitForExitAsync();
            if (process.ExitCode == 0)
            {
                return;
            }

            if (attempt == attempts || whileAlive is { HasExited: true })
            {
                throw new InvalidOperationException($"{Path.GetFileName(program)} ended with {process.ExitCode}: {await output}{errors}");
            }

            await Task.Delay(100);
        }
    }
}

using System.Net;
using System.Net.Sockets;

namespace QANexus.LocalHost.Tests.Hosting;

/// <summary>Ports that the system says are free. Nobody holds them in between, so only tests that must name one ask.</summary>
internal static class FreePort
{
    public static int Next()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}

using System.Globalization;
using System.Net.Sockets;

namespace QANexus.LocalHost.Hosting;

/// <summary>Why a port cannot be had, in words for who chose it.</summary>
internal static class PortFailure
{
    public static LocalHostStartException Explain(int port, string option, IOException failure) => new(
        failure.GetBaseException() is SocketException { SocketErrorCode: SocketError.AddressAlreadyInUse }
            ? string.Create(CultureInfo.InvariantCulture, $"Port {port} is in use by another program. Stop it, or choose another port with {option}.")
            : string.Create(CultureInfo.InvariantCulture, $"Port {port} cannot be opened ({Reason(failure)}). Choose another one with {option}."),
        failure);

    private static string Reason(IOException failure) => failure.GetBaseException().Message.ReplaceLineEndings(" ");
}

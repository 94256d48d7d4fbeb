using System.Security.Cryptography;
using System.Text;
using QANexus.LocalCosmos.Authorization;

namespace QANexus.LocalCosmos.Tests.Authorization;

/// <summary>The client's half of the master-key scheme, written from the specification.</summary>
internal static class MasterKeyToken
{
    public const string Date = "Mon, 23 Nov 2026 07:13:12 GMT";

    /// <summary>Signs a request addressed by names.</summary>
    public static string ForNames(string method, IReadOnlyList<string> segments)
    {
        var isFeed = segments.Count % 2 == 1;
        var type = segments.Count == 0 ? "" : segments[isFeed ? ^1 : ^2];
        return For($"{method.ToLowerInvariant()}\n{type.ToLowerInvariant()}\n{string.Join('/', isFeed ? segments.SkipLast(1) : segments)}\n");
    }

    /// <summary>Signs verb, type and link as the test wants them.</summary>
    public static string For(string covered)
    {
        var text = covered + Date.ToLowerInvariant() + "\n\n";
        var hash = HMACSHA256.HashData(Convert.FromBase64String(WellKnownKey.Value), Encoding.UTF8.GetBytes(text));
        return Uri.EscapeDataString($"type=master&ver=1.0&sig={Convert.ToBase64String(hash)}");
    }
}

using System.Security.Cryptography;
using System.Text;

namespace QANexus.LocalCosmos.Authorization;

/// <summary>
/// Checks the master-key signature of a request: an HMAC-SHA256 over verb, resource type, resource link and date. The link is the
/// names of the path or, in requests addressed by resource ids, the last id alone, in lower case; which of the two a client meant only its signature tells.
/// </summary>
internal sealed class MasterKeySignature
{
    private const int SignatureLength = HMACSHA256.HashSizeInBytes;
    private const int MaxHeaderLength = 512;

    private readonly byte[] _key;

    /// <exception cref="FormatException">The key is not base64.</exception>
    public MasterKeySignature(string base64Key) => _key = Convert.FromBase64String(base64Key);

    public bool IsValid(string method, IReadOnlyList<string> segments, string? date, string? authorization)
    {
        Span<byte> presented = stackalloc byte[SignatureLength];
        if (date is null || authorization is null || !TryReadSignature(authorization, presented))
            return false;

        var isFeed = segments.Count % 2 == 1;
        var type = segments.Count == 0 ? "" : segments[isFeed ? ^1 : ^2];
        var owners = isFeed ? segments.Count - 1 : segments.Count;
        var names = string.Join('/', segments.Take(owners));
        var rid = owners == 0 ? "" : LowerCase(segments[owners - 1]);
        // A refusal has always looked at both, so its time tells nothing; what clients send most is found with one.
        return Matches(presented, method, type, names, date) || Matches(presented, method, type, rid, date);
    }

    private static bool TryReadSignature(string authorization, Span<byte> signature)
    {
        if (authorization.Length > MaxHeaderLength)
            return false;
        string? type = null, version = null, value = null;
        foreach (var part in Uri.UnescapeDataString(authorization).Split('&'))
        {
            switch (part.Split('=', 2))
            {
                case ["type", var text]:
                    type = text;
                    break;
                case ["ver", var text]:
                    version = text;
                    break;
                case ["sig", var text]:
                    value = text;
                    break;
                default:
                    return false;
            }
        }

        return type == "master" && version == "1.0" && value is not null
            && Convert.TryFromBase64String(value, signature, out var written) && written == SignatureLength;
    }

    private bool Matches(ReadOnlySpan<byte> presented, string method, string type, string link, string date)
    {
        var text = $"{LowerCase(method)}\n{LowerCase(type)}\n{link}\n{LowerCase(date)}\n\n";
        Span<byte> expected = stackalloc byte[SignatureLength];
        HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes(text), expected);
        return CryptographicOperations.FixedTimeEquals(presented, expected);
    }

    // The protocol signs lower case; upper-casing instead, as the analyzer would have it, is not what the other side does.
#pragma warning disable CA1308
    private static string LowerCase(string text) => text.ToLowerInvariant();
#pragma warning restore CA1308
}

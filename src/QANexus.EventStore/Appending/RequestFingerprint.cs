using System.Diagnostics.CodeAnalysis;
using QANexus.EventStore.Streams;

namespace QANexus.EventStore.Appending;

/// <summary>
/// The digest of a request as its caller sent it, nothing that the server adds: what tells a repeat of a request from another one under the same key.
/// </summary>
/// <remarks>1-255 visible ASCII characters; <see cref="Of"/> makes 22.</remarks>
public readonly record struct RequestFingerprint
{
    private readonly string? value;

    private RequestFingerprint(string value) => this.value = value;

    /// <summary>The text. Throws on <c>default</c>, which is no digest.</summary>
    /// <exception cref="InvalidOperationException">The value is <c>default</c>.</exception>
    public string Value => value ?? throw new InvalidOperationException("A default RequestFingerprint stands for nothing.");

    /// <summary>128 bits of SHA-256, base64url, over what was asked for and of whom.</summary>
    /// <param name="operation">Method and route with its values, <c>POST requirements/r1/approve</c> for one.</param>
    /// <param name="body">The body as received.</param>
    public static RequestFingerprint Of(string operation, ReadOnlySpan<byte> body)
    {
        using var hash = new FingerprintHash();
        hash.Add(operation);
        hash.Add(body);
        return hash.Finish();
    }

    internal static RequestFingerprint FromHash(string base64Url) => new(base64Url);

    /// <summary>Whether <paramref name="text"/> can be one; never throws.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out RequestFingerprint result)
    {
        var valid = text is not null && Token.IsVisibleAscii(text);
        result = valid ? new RequestFingerprint(text!) : default;
        return valid;
    }

    /// <inheritdoc/>
    public override string ToString() => value ?? string.Empty;
}

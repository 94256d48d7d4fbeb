using System.Diagnostics.CodeAnalysis;

namespace QANexus.EventStore.Streams;

/// <summary>A tenant: the outermost wall of the store.</summary>
/// <remarks>1-64 of a-z 0-9 and '-', starting with a letter or digit.</remarks>
public readonly record struct TenantId
{
    private readonly string? value;

    private TenantId(string value) => this.value = value;

    /// <summary>The text. Throws on <c>default</c>, which is not an identifier.</summary>
    /// <exception cref="InvalidOperationException">The value is <c>default</c>.</exception>
    public string Value => value ?? throw new InvalidOperationException("A default TenantId names nothing.");

    /// <summary>Whether <paramref name="text"/> is one; never throws.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out TenantId result)
    {
        var valid = text is not null && Token.IsTenant(text);
        result = valid ? new TenantId(text!) : default;
        return valid;
    }

    /// <exception cref="FormatException"><paramref name="text"/> is not one.</exception>
    public static TenantId Parse(string text) =>
        TryParse(text, out var result) ? result : throw new FormatException($"'{text}' is not a valid TenantId: 1-64 of a-z 0-9 and '-', starting with a letter or digit.");

    /// <inheritdoc/>
    public override string ToString() => value ?? string.Empty;
}

using System.Diagnostics.CodeAnalysis;
using QANexus.EventStore.Streams;

namespace QANexus.EventStore.Subscriptions;

/// <summary>The name of a subscription group, of one of its handlers, or of a view.</summary>
/// <remarks>1-64 of a-z 0-9 and '-', starting with a letter.</remarks>
public readonly record struct SubscriptionName
{
    private readonly string? value;

    private SubscriptionName(string value) => this.value = value;

    /// <summary>The text. Throws on <c>default</c>, which is not a name.</summary>
    /// <exception cref="InvalidOperationException">The value is <c>default</c>.</exception>
    public string Value => value ?? throw new InvalidOperationException("A default SubscriptionName names nothing.");

    /// <summary>Whether <paramref name="text"/> is one; never throws.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out SubscriptionName result)
    {
        var valid = text is [>= 'a' and <= 'z', ..] && Token.IsTenant(text);
        result = valid ? new SubscriptionName(text!) : default;
        return valid;
    }

    /// <exception cref="FormatException"><paramref name="text"/> is not one.</exception>
    public static SubscriptionName Parse(string text) => TryParse(text, out var result)
        ? result
        : throw new FormatException($"'{text}' is not a valid SubscriptionName: 1-64 of a-z 0-9 and '-', starting with a letter.");

    /// <inheritdoc/>
    public override string ToString() => value ?? string.Empty;
}

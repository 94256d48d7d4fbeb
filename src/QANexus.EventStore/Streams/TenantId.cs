using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace QANexus.EventStore.Streams;

/// <summary>A tenant: the outermost wall of the store.</summary>
/// <remarks>
/// 1-64 of a-z 0-9 and '-', starting with a letter or digit. Where tenants can be cleared, one also has a generation: two generations of a tenant
/// share nothing but the name, and only the newest is ever reached. Elsewhere every tenant is in generation 0.
/// </remarks>
public readonly record struct TenantId
{
    /// <summary>Stands between name and generation in a storage key; no name may contain it.</summary>
    private const char GenerationMark = '~';

    private readonly string? value;

    private TenantId(string value, long generation) => (this.value, Generation) = (value, generation);

    /// <summary>The name. Throws on <c>default</c>, which is not an identifier.</summary>
    /// <exception cref="InvalidOperationException">The value is <c>default</c>.</exception>
    public string Value => value ?? throw new InvalidOperationException("A default TenantId names nothing.");

    /// <summary>How often the tenant had been cleared; 0 for one that never was.</summary>
    public long Generation { get; }

    /// <summary>
    /// What everything stored, signed or cached for the tenant is kept under: <c>acme</c>, <c>acme~2</c> in generation 2. Never shown to callers,
    /// who know the tenant by its name.
    /// </summary>
    /// <exception cref="InvalidOperationException">The value is <c>default</c>.</exception>
    public string StorageKey =>
        Generation == 0 ? Value : string.Create(CultureInfo.InvariantCulture, $"{Value}{GenerationMark}{Generation}");

    /// <summary>Whether <paramref name="text"/> is a tenant's name; never throws.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out TenantId result)
    {
        var valid = text is not null && Token.IsTenant(text);
        result = valid ? new TenantId(text!, generation: 0) : default;
        return valid;
    }

    /// <exception cref="FormatException"><paramref name="text"/> is not one.</exception>
    public static TenantId Parse(string text) =>
        TryParse(text, out var result) ? result : throw new FormatException($"'{text}' is not a valid TenantId: 1-64 of a-z 0-9 and '-', starting with a letter or digit.");

    /// <summary>Whether <paramref name="text"/> is a <see cref="StorageKey"/>, as a stored document names its tenant; never throws.</summary>
    public static bool TryFromStorageKey([NotNullWhen(true)] string? text, out TenantId result)
    {
        if (text is null || text.IndexOf(GenerationMark, StringComparison.Ordinal) is var mark && mark < 0)
        {
            return TryParse(text, out result);
        }

        result = default;
        if (text.AsSpan(mark + 1) is not [>= '1' and <= '9', ..]
            || !long.TryParse(text.AsSpan(mark + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var generation)
            || !TryParse(text[..mark], out var named))
        {
            return false;
        }

        result = named.InGeneration(generation);
        return true;
    }

    /// <exception cref="FormatException"><paramref name="text"/> is no <see cref="StorageKey"/>.</exception>
    public static TenantId FromStorageKey(string text) =>
        TryFromStorageKey(text, out var result) ? result : throw new FormatException($"'{text}' is not the storage key of a tenant.");

    /// <summary>The same tenant in another generation.</summary>
    public TenantId InGeneration(long generation)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(generation);
        return new TenantId(Value, generation);
    }

    /// <summary>The name.</summary>
    public override string ToString() => value ?? string.Empty;
}

using System.Numerics;
using System.Text.Json.Serialization;

namespace QANexus.Domain.Arithmetic;

/// <summary>A share, kept exact: <c>159 of 200</c> is not 80 %, and a third is a third. 0 of 0 is 0 %.</summary>
/// <param name="Part">At least 0, at most <paramref name="Whole"/>.</param>
/// <param name="Whole">Of how many.</param>
public readonly record struct Ratio(long Part, long Whole)
{
    /// <summary>The finest percentage that a ratio is made of: four decimals.</summary>
    private const int PercentScale = 10_000;

    /// <summary>Whether it is a share at all: neither negative nor more than the whole.</summary>
    [JsonIgnore]
    public bool IsValid => Part >= 0 && Part <= Whole;

    /// <summary>For display: halves away from zero, two decimals. Never compared with a threshold.</summary>
    [JsonIgnore]
    public decimal Percent => Whole == 0 ? 0 : Rounded.HalfUp(100m * Part / Whole, 2);

    /// <summary>The percentage as a whole number, exactly rounded.</summary>
    [JsonIgnore]
    public int WholePercent => Whole == 0 ? 0 : (int)Rounded.Quotient(100 * (BigInteger)Part, Whole);

    /// <summary>A percentage; one outside 0-100 or with more than four decimals, which no threshold may see rounded, makes a ratio that is not valid.</summary>
    public static Ratio OfPercent(decimal percent) =>
        percent is >= 0 and <= 100 && percent * PercentScale is var part && decimal.Truncate(part) == part
            ? new((long)part, 100 * PercentScale)
            : new(-1, 100 * PercentScale);

    /// <summary>Exact: 159 of 200 is not at least 80 %.</summary>
    public bool IsAtLeast(int percent) => Whole != 0 && (Int128)Part * 100 >= (Int128)percent * Whole;
}

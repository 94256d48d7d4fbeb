using System.Numerics;

namespace QANexus.Domain.Arithmetic;

/// <summary>Rounding to whole numbers, halves away from zero: what people expect of a percentage, and not .NET's default.</summary>
public static class Rounded
{
    /// <summary>2.5 is 3, -2.5 is -3.</summary>
    public static decimal HalfUp(decimal value) => Math.Round(value, MidpointRounding.AwayFromZero);

    /// <summary>The same to <paramref name="digits"/> decimals.</summary>
    public static decimal HalfUp(decimal value, int digits) => Math.Round(value, digits, MidpointRounding.AwayFromZero);

    /// <summary>To the 15 digits that a double, and so every reader of JSON, gives back equal. Data of events may hold no others.</summary>
    public static decimal Portable(decimal value) => (decimal)(double)value;

    /// <summary>The quotient of two numbers that are not negative, exact: a division first and a rounding after could miss a half.</summary>
    public static BigInteger Quotient(BigInteger numerator, BigInteger denominator) => ((2 * numerator) + denominator) / (2 * denominator);
}

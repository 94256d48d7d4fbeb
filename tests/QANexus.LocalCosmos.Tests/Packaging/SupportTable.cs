using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;

namespace QANexus.LocalCosmos.Tests.Packaging;

/// <summary>The support table of the package's README, made of what the tests of this assembly say they prove.</summary>
internal static partial class SupportTable
{
    public static string Generate()
    {
        var table = new StringBuilder("| | what | proven by |\n|---|---|---|\n");
        var lines = typeof(SupportTable).Assembly.GetTypes()
            .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly))
            .SelectMany(test => test.GetCustomAttributes<ProvesAttribute>().Select(proof => (Test: test, proof.Area, proof.Feature)))
            .GroupBy(proof => (proof.Area, proof.Feature))
            .OrderBy(line => line.Key.Area)
            .ThenBy(line => line.Key.Feature, StringComparer.Ordinal);
        foreach (var line in lines)
            table.Append(CultureInfo.InvariantCulture, $"| {Title(line.Key.Area)} | {line.Key.Feature} | {Tests(line.Select(proof => proof.Test))} |\n");
        return table.ToString();
    }

    /// <summary>Methods that claim to prove something and are not tests, so that they would never run.</summary>
    public static IEnumerable<string> FalseClaims() =>
        from type in typeof(SupportTable).Assembly.GetTypes()
        from method in type.GetMethods(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
        where method.IsDefined(typeof(ProvesAttribute)) && method.GetCustomAttribute<FactAttribute>() is not { Skip: null }
        select $"{type.Name}.{method.Name}";

    private static string Tests(IEnumerable<MethodInfo> tests) => string.Join(", ", tests
        .GroupBy(test => test.DeclaringType!.Name, StringComparer.Ordinal)
        .OrderBy(type => type.Key, StringComparer.Ordinal)
        .Select(type => string.Create(CultureInfo.InvariantCulture, $"{type.Key} ({type.Count()})")));

    // "ChangeFeed" reads "Change feed".
    private static string Title(Area area) =>
        WordStart().Replace(area.ToString(), static word => " " + word.Value.ToLowerInvariant());

    [GeneratedRegex("(?<!^)[A-Z]", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex WordStart();
}

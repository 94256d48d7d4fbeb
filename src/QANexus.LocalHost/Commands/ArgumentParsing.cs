using System.CommandLine.Parsing;
using System.Globalization;
using QANexus.EventStore.Streams;
using QANexus.LocalCosmos.Faults;

namespace QANexus.LocalHost.Commands;

/// <summary>Reads values of the command line, and says in plain words what one should have been.</summary>
internal static class ArgumentParsing
{
    private const int MaxPort = 65_535;

    public static int Port(ArgumentResult result) => Number(result, 0, MaxPort);

    public static int Number(ArgumentResult result, int min, int max)
    {
        var text = Text(result);
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= min && number <= max)
        {
            return number;
        }

        result.AddError(string.Create(CultureInfo.InvariantCulture, $"{Name(result)} must be a number from {min} to {max}, not '{text}'."));
        return default;
    }

    public static Uri? HttpAddress(ArgumentResult result)
    {
        var text = Text(result);
        if (Uri.TryCreate(text, UriKind.Absolute, out var address) && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps)
            && address is { Query: "", Fragment: "", UserInfo: "" })
        {
            return address;
        }

        result.AddError($"{Name(result)} must be an http or https URL, not '{text}'.");
        return null;
    }

    public static TenantId? Tenant(ArgumentResult result)
    {
        var text = Text(result);
        if (TenantId.TryParse(text, out var tenant))
        {
            return tenant;
        }

        result.AddError($"{Name(result)} must be 1-64 of a-z, 0-9 and '-', starting with a letter or digit, not '{text}'.");
        return null;
    }

    public static string NotEmpty(ArgumentResult result)
    {
        var text = Text(result);
        if (string.IsNullOrWhiteSpace(text))
        {
            result.AddError($"{Name(result)} must not be empty.");
        }

        return text;
    }

    public static IReadOnlyList<FaultRule> Faults(ArgumentResult result)
    {
        var rules = new List<FaultRule>();
        foreach (var token in result.Tokens)
        {
            try
            {
                rules.Add(FaultRule.Parse(token.Value));
            }
            catch (FormatException refusal)
            {
                result.AddError($"{Name(result)} '{token.Value}': {refusal.Message}");
                return [];
            }
        }

        return rules;
    }

    private static string Text(ArgumentResult result) => result.Tokens is [var token, ..] ? token.Value : string.Empty;

    private static string Name(ArgumentResult result) => result.Parent is OptionResult option ? option.Option.Name : result.Argument.Name;
}

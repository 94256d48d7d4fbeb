using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using QANexus.LocalCosmos.Control;
using QANexus.LocalCosmos.Routing;

namespace QANexus.LocalCosmos.Faults;

/// <summary>
/// Rules as a line of words: what goes wrong, which is a status or the name of a fault, and then members of the fault and of the rule as the control
/// API names them, <c>429 retryAfter=100ms requests=writes container=orders probability=0.1</c>.
/// </summary>
internal static class FaultText
{
    private const string Status = "Status";
    private const string StatusCode = "statusCode";
    private const string FaultMember = "fault";

    private static readonly Dictionary<string, RequestKind[]> s_groups = new(StringComparer.OrdinalIgnoreCase)
    {
        ["reads"] = [RequestKind.Read, RequestKind.Query, RequestKind.ReadFeed, RequestKind.ChangeFeed],
        ["writes"] = [RequestKind.Create, RequestKind.Upsert, RequestKind.Replace, RequestKind.Delete, RequestKind.Patch, RequestKind.Batch],
    };

    private static readonly Dictionary<string, double> s_units = new(StringComparer.Ordinal) { ["ms"] = 0.001, ["s"] = 1, ["m"] = 60, ["h"] = 3600 };

    /// <exception cref="FormatException">The text is no rule; the message says what is wrong with it, in one line.</exception>
    public static FaultRule Parse(string text)
    {
        if (text.Split(' ', StringSplitOptions.RemoveEmptyEntries) is not [var what, .. var members])
            throw new FormatException($"A fault begins with a status such as 429 or with one of {Names}.");
        var isStatus = int.TryParse(what, NumberStyles.None, CultureInfo.InvariantCulture, out var statusCode);
        var (name, type) = ControlJson.Faults.FirstOrDefault(fault => Same(fault.Name, isStatus ? Status : what));
        if (type is null)
            throw new FormatException($"'{what}' is neither a status such as 429 nor one of {Names}.");
        var fault = new JsonObject { ["type"] = name };
        if (isStatus)
            fault[StatusCode] = statusCode;
        var rule = new JsonObject();
        foreach (var member in members)
            Read(member, fault, ControlJson.MembersOf(type), rule);
        rule[FaultMember] = fault;
        try
        {
            var read = ControlJson.Read<FaultRule>(System.Text.Encoding.UTF8.GetBytes(rule.ToJsonString()));
            return read.Violation is { } violation ? throw new FormatException(violation) : read;
        }
        catch (RequestRefusedException refusal)
        {
            throw new FormatException(refusal.Message.Split('\n')[0], refusal);
        }
    }

    /// <summary>The text that makes the rule.</summary>
    public static string Write(FaultRule rule)
    {
        var members = ControlJson.Write(rule);
        var fault = members[FaultMember]!.AsObject();
        var type = (string)fault["type"]!;
        var words = new List<string> { type == Status ? fault[StatusCode]!.ToString() : type };
        words.AddRange(fault.Where(member => member.Key != "type" && (type != Status || member.Key != StatusCode)).SelectMany(Write));
        words.AddRange(members.Where(member => member.Key != FaultMember).SelectMany(Write));
        return string.Join(' ', words);
    }

    private static string Names => string.Join(", ", ControlJson.Faults.Select(fault => fault.Name).Order(StringComparer.Ordinal));

    // Whatever is as it would be without a word about it goes without one.
    private static IEnumerable<string> Write(KeyValuePair<string, JsonNode?> member) => (member.Key, member.Value) switch
    {
        (_, null) or (_, JsonArray { Count: 0 }) => [],
        ("skip" or "subStatus", JsonValue number) when (int)number == 0 => [],
        ("probability", JsonValue number) when (double)number == 1 => [],
        (var name, JsonArray kinds) => [$"{name}={string.Join(',', kinds)}"],
        var (name, value) => [$"{name}={value}"],
    };

    private static void Read(string word, JsonObject fault, IEnumerable<JsonPropertyInfo> faultMembers, JsonObject rule)
    {
        var (name, value) = word.IndexOf('=', StringComparison.Ordinal) is > 0 and var equals
            ? (word[..equals], word[(equals + 1)..])
            : throw new FormatException($"'{word}' is not of the form name=value.");
        var (owner, member) = faultMembers.FirstOrDefault(member => Same(member.Name, name)) is { } ofFault
            ? (fault, ofFault)
            : (rule, RuleMembers.FirstOrDefault(member => Same(member.Name, name)));
        if (member is null)
        {
            throw new FormatException(
                $"There is no '{name}' here, but {string.Join(", ", faultMembers.Concat(RuleMembers).Select(member => member.Name))}.");
        }

        if (owner.ContainsKey(member.Name))
            throw new FormatException($"{member.Name} is there twice.");
        owner[member.Name] = ValueOf(member, value);
    }

    private static IEnumerable<JsonPropertyInfo> RuleMembers => ControlJson.MembersOf(typeof(FaultRule)).Where(member => member.Name != FaultMember);

    private static JsonNode ValueOf(JsonPropertyInfo member, string value)
    {
        var type = Nullable.GetUnderlyingType(member.PropertyType) ?? member.PropertyType;
        if (type == typeof(string))
            return value;
        if (type == typeof(TimeSpan))
            return (TryParseDuration(value) ?? throw Wrong("a time such as 250ms, 2s or 00:00:02")).ToString("c");
        if (type == typeof(int))
            return int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var whole) ? whole : throw Wrong("a whole number");
        if (type == typeof(double))
            return double.TryParse(value, NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out var number)
                ? number
                : throw Wrong("a number");
        return new JsonArray([.. value.Split(',').SelectMany(KindsOf).Select(kind => (JsonNode)kind.ToString())]);

        FormatException Wrong(string expected) => new($"{member.Name} must be {expected}, not '{value}'.");
    }

    private static IEnumerable<RequestKind> KindsOf(string name)
    {
        if (s_groups.TryGetValue(name, out var group))
            return group;
        // Numbers and lists would be kinds too, for the parser of enumerations.
        return Enum.GetValues<RequestKind>().Where(kind => Same(kind.ToString(), name)).Take(1).ToList() is { Count: 1 } kinds
            ? kinds
            : throw new FormatException($"There is no kind of request '{name}'; there are {string.Join(", ", s_groups.Keys.Concat(Enum.GetNames<RequestKind>()))}.");
    }

    private static TimeSpan? TryParseDuration(string text)
    {
        if (TimeSpan.TryParseExact(text, ["c", "g"], CultureInfo.InvariantCulture, out var time))
            return text.Contains(':', StringComparison.Ordinal) ? time : null;
        var unit = text.TrimStart([.. "0123456789."]);
        return s_units.TryGetValue(unit, out var seconds)
            && double.TryParse(text[..^unit.Length], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            && number * seconds < TimeSpan.MaxValue.TotalSeconds
            ? TimeSpan.FromSeconds(number * seconds)
            : null;
    }

    private static bool Same(string name, string given) => string.Equals(name, given, StringComparison.OrdinalIgnoreCase);
}

using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using QANexus.Api.Problems;
using QANexus.Api.Requests;

namespace QANexus.Api.Commanding;

/// <summary>Reads the body of a command strictly: an object with the members of its class, each of its type, and no others.</summary>
internal static class CommandBody
{
    private static readonly byte[] NoMembers = "{}"u8.ToArray();

    /// <param name="utf8">The body; nothing at all reads as an object without members.</param>
    /// <param name="type">The class.</param>
    /// <param name="body">What it says.</param>
    /// <param name="problem">What is wrong with it.</param>
    public static bool TryRead<TBody>(
        ReadOnlyMemory<byte> utf8, JsonTypeInfo<TBody> type, [NotNullWhen(true)] out TBody? body, [NotNullWhen(false)] out Problem? problem)
        where TBody : class
    {
        TBody? read = null;
        problem = JsonBody.Read(utf8.IsEmpty ? NoMembers : utf8, json => Read(json, type, out read));
        body = read;
        return problem is null;
    }

    private static List<ProblemError> Read<TBody>(JsonElement json, JsonTypeInfo<TBody> type, out TBody? body)
        where TBody : class
    {
        body = null;
        var errors = FindWrongMembers(json, type);
        if (errors.Count > 0)
        {
            return errors;
        }

        try
        {
            body = JsonSerializer.Deserialize(JsonMarshal.GetRawUtf8Value(json), type)!;
            return [];
        }
        catch (JsonException wrong)
        {
            var pointer = PointerOf(wrong.Path ?? "$");
            return [new ProblemError(pointer, Describe(wrong, pointer, type))];
        }
    }

    /// <summary>The members that nobody asked for, and those that are missing: all of them at once.</summary>
    private static List<ProblemError> FindWrongMembers(JsonElement json, JsonTypeInfo type)
    {
        var known = type.Properties.ToDictionary(static property => property.Name, StringComparer.Ordinal);
        return
        [
            .. json.EnumerateObject().Where(member => !known.ContainsKey(member.Name))
                .Select(static member => new ProblemError($"/{Escape(member.Name)}", "is not known")),
            .. known.Values.Where(property => property.IsRequired && !json.TryGetProperty(property.Name, out _))
                .Select(static property => new ProblemError($"/{property.Name}", "is required")),
            .. FindNullItems(json, pointer: string.Empty),
        ];
    }

    /// <summary>No list of any command has room for nothing, and the serializer would let it through.</summary>
    private static IEnumerable<ProblemError> FindNullItems(JsonElement json, string pointer) => json.ValueKind switch
    {
        JsonValueKind.Object => json.EnumerateObject().SelectMany(member => FindNullItems(member.Value, $"{pointer}/{Escape(member.Name)}")),
        JsonValueKind.Array => json.EnumerateArray().Index().SelectMany(item => item.Item.ValueKind is JsonValueKind.Null
            ? [new ProblemError(string.Create(CultureInfo.InvariantCulture, $"{pointer}/{item.Index}"), "must not be null")]
            : FindNullItems(item.Item, string.Create(CultureInfo.InvariantCulture, $"{pointer}/{item.Index}"))),
        _ => [],
    };

    /// <summary>The reader's path, <c>$.items[0].title</c> or <c>$['odd name']</c>, as a JSON pointer.</summary>
    private static string PointerOf(string path)
    {
        var pointer = new System.Text.StringBuilder();
        for (var position = 1; position < path.Length;)
        {
            var quoted = path[position] == '[' && path[position + 1] == '\'';
            var start = position + (quoted ? 2 : 1);
            var end = quoted ? path.IndexOf("']", start, StringComparison.Ordinal)
                : path[position] == '[' ? path.IndexOf(']', start)
                : path.AsSpan(start).IndexOfAny('.', '[') is >= 0 and var next ? start + next : path.Length;
            pointer.Append(CultureInfo.InvariantCulture, $"/{Escape(path[start..end])}");
            position = end + (quoted ? 2 : path[position] == '[' ? 1 : 0);
        }

        return pointer.ToString();
    }

    /// <summary>What was expected, in words for the caller. Converters of ours say it themselves.</summary>
    private static string Describe(JsonException wrong, string pointer, JsonTypeInfo type) =>
        wrong.Message.StartsWith("must ", StringComparison.Ordinal) ? wrong.Message.Split(" Path:", 2)[0].TrimEnd('.')
        : wrong.Message.Contains("could not be mapped", StringComparison.Ordinal) ? "is not known"
        : wrong.Message.Contains("missing required", StringComparison.Ordinal) ? "lacks a member that is required"
        : type.Properties.FirstOrDefault(property => pointer == $"/{property.Name}")?.PropertyType is { } expected ? Describe(expected)
        : "is not what is expected here";

    private static string Describe(Type expected) => (Nullable.GetUnderlyingType(expected) ?? expected) switch
    {
        var t when t == typeof(string) => "must be a text",
        var t when t == typeof(int) => "must be an integer",
        var t when t == typeof(decimal) => "must be a number",
        var t when t == typeof(bool) => "must be true or false",
        _ => "must be an array",
    };

    private static string Escape(string name) => name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);
}

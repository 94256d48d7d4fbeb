using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using QANexus.Api.Problems;
using QANexus.EventStore.Json;

namespace QANexus.Api.Commanding;

/// <summary>Compares a body with the class that it is to be read as: its members and theirs, all that is wrong with them at once.</summary>
internal static class BodyMembers
{
    public static IEnumerable<ProblemError> FindWrong(JsonElement json, JsonTypeInfo type, string pointer = "") => (json.ValueKind, type.Kind) switch
    {
        (JsonValueKind.Object, JsonTypeInfoKind.Object) => FindWrongMembers(json, type, pointer),
        (JsonValueKind.Array, JsonTypeInfoKind.Enumerable) => FindWrongElements(json, TypeOf(type.ElementType!, type), pointer),
        _ => [], // The reader says what kind of value it expected.
    };

    private static IEnumerable<ProblemError> FindWrongMembers(JsonElement json, JsonTypeInfo type, string pointer)
    {
        var known = type.Properties.ToDictionary(static property => property.Name, StringComparer.Ordinal);
        return json.EnumerateObject()
            .SelectMany(member => known.TryGetValue(member.Name, out var property)
                ? FindWrong(member.Value, TypeOf(property.PropertyType, type), $"{pointer}/{member.Name}")
                : [new ProblemError($"{pointer}/{InternetJson.PointerPart(member.Name)}", "is not known")])
            .Concat(known.Values
                .Where(property => property.IsRequired && !json.TryGetProperty(property.Name, out _))
                .Select(property => new ProblemError($"{pointer}/{property.Name}", "is required")));
    }

    /// <summary>The reader would take nothing for an element: its class promises that there is none, and that promise it does not enforce.</summary>
    private static IEnumerable<ProblemError> FindWrongElements(JsonElement json, JsonTypeInfo element, string pointer) =>
        json.EnumerateArray().SelectMany((value, index) => value.ValueKind is JsonValueKind.Null
            ? [new ProblemError($"{pointer}/{index}", "must not be null")]
            : FindWrong(value, element, $"{pointer}/{index}"));

    private static JsonTypeInfo TypeOf(Type type, JsonTypeInfo owner) => owner.Options.GetTypeInfo(Nullable.GetUnderlyingType(type) ?? type);
}

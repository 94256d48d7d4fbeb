using System.Text;
using System.Text.Json;
using QANexus.LocalCosmos.Sql.Syntax;
using QANexus.LocalCosmos.Sql.Values;

namespace QANexus.LocalCosmos.Sql.Binding;

/// <summary>The values of a query's parameters. One that is not given is undefined, as in the service.</summary>
internal sealed class Parameters
{
    private readonly Dictionary<string, SqlValue> _values = new(StringComparer.Ordinal);

    public SqlValue this[string name] => _values.GetValueOrDefault(name);

    /// <summary>Reads <c>[{"name":"@p","value":1}, ...]</c>.</summary>
    public static Parameters Parse(JsonElement? json)
    {
        var parameters = new Parameters();
        if (json is not { ValueKind: not (JsonValueKind.Undefined or JsonValueKind.Null) } list)
            return parameters;
        if (list.ValueKind != JsonValueKind.Array)
            throw Invalid("The parameters of a query must be an array.");
        foreach (var parameter in list.EnumerateArray())
        {
            if (parameter.ValueKind != JsonValueKind.Object || !parameter.TryGetProperty("name", out var name) || name.ValueKind != JsonValueKind.String)
                throw Invalid("A parameter of a query must be an object with a name and a value.");
            var value = parameter.TryGetProperty("value", out var given) ? Read(given) : SqlValue.Undefined;
            if (!parameters._values.TryAdd(name.GetString()!, value))
                throw Invalid($"Invalid query. Specified duplicate parameter name '{name.GetString()}'.");
        }

        return parameters;
    }

    /// <summary>The text of a constant; null for what is no constant text.</summary>
    public string? TextOf(Expression expression) => expression switch
    {
        StringLiteral literal => literal.Value,
        ParameterReference parameter when this[parameter.Name].IsString => this[parameter.Name].AsString(),
        _ => null,
    };

    public static SqlValue Read(JsonElement json) => JsonText.Read(Encoding.UTF8.GetBytes(json.GetRawText()));

    private static SqlException Invalid(string message) => new("SC2070", message);
}

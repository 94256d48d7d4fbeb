using System.Collections.Frozen;
using QANexus.LocalCosmos.Sql.Syntax;
using QANexus.LocalCosmos.Sql.Values;

namespace QANexus.LocalCosmos.Sql.Functions;

/// <summary>What a function makes of its arguments; a wrong type is undefined, never an error.</summary>
internal delegate SqlValue FunctionBody(ReadOnlySpan<SqlValue> arguments, TimeProvider clock);

/// <summary>A built-in function and how many arguments it takes.</summary>
internal sealed record Function(int Least, int Most, FunctionBody Evaluate);

/// <summary>The built-in functions, found in any case.</summary>
internal static class FunctionCatalog
{
    private static readonly FrozenDictionary<string, Function> s_all = new[]
    {
        TypeFunctions.All, StringFunctions.All, ArrayFunctions.All, MathFunctions.All, DateFunctions.All,
    }.SelectMany(static functions => functions).ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>Functions that the service has besides; who asks for one learns that it is this server that lacks it.</summary>
    private static readonly FrozenSet<string> s_unsupported = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "ST_AREA", "ST_DISTANCE", "ST_INTERSECTS", "ST_ISVALID", "ST_ISVALIDDETAILED", "ST_WITHIN", "VECTORDISTANCE", "FULLTEXTCONTAINS",
        "FULLTEXTCONTAINSALL", "FULLTEXTCONTAINSANY", "FULLTEXTSCORE", "RRF", "COMBINEDSCORE", "GENERATEEMBEDDINGS", "DATETIMEFORMAT", "REGEXEXTRACT",
        "REGEXEXTRACTALL", "REGEXREPLACE", "REGEXREPLACEALL", "HASH", "DOCUMENTID");

    public static Function Find(Call call)
    {
        if (s_unsupported.Contains(call.Name))
            throw SqlException.NotSupported("function " + call.Name, call.Span);
        if (!s_all.TryGetValue(call.Name, out var function))
            throw new SqlException("SC2005", $"'{call.Name}' is not a recognized built-in function name.", call.NameSpan.Start, call.NameSpan.End);
        if (call.Arguments.Count < function.Least || call.Arguments.Count > function.Most)
            throw WrongCount(call, function);
        return function;
    }

    private static SqlException WrongCount(Call call, Function function)
    {
        string count = function.Most == function.Least
            ? $"requires {function.Least}"
            : function.Most == int.MaxValue ? $"requires at least {function.Least}" : $"requires {function.Least} to {function.Most}";
        return new SqlException("SC2050", $"The {call.Name.ToUpperInvariant()} function {count} argument(s).", call.Span.Start, call.Span.End);
    }
}

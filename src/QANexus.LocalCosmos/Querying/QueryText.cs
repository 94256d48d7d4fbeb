using System.Text.Json;
using QANexus.LocalCosmos.Documents;
using QANexus.LocalCosmos.Gateway;
using QANexus.LocalCosmos.Routing;
using QANexus.LocalCosmos.Sql;

namespace QANexus.LocalCosmos.Querying;

/// <summary>The body of a query request: <c>{"query": ..., "parameters": [...], "resumeFilter": ...}</c>.</summary>
internal sealed record QueryText(SqlQuery Query, JsonElement? Parameters, JsonElement? ResumeFilter)
{
    /// <exception cref="RequestRefusedException">400: no query, or one that the grammar does not have.</exception>
    public static QueryText Read(GatewayRequest request)
    {
        if (!JsonText.TryParse(request.Body, out var document))
            throw RequestRefusedException.BadRequest("The query request is not JSON.");
        using (document)
        {
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("query", out var text) || text.ValueKind != JsonValueKind.String)
                throw RequestRefusedException.BadRequest("The query request has no text 'query'.");
            return new QueryText(Run(() => SqlQuery.Parse(text.GetString()!)), Member(root, "parameters"), Member(root, "resumeFilter"));
        }
    }

    /// <summary>Runs something that may find the query wrong, which is then the client's error in the service's form.</summary>
    public static T Run<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (SqlException error)
        {
            throw RequestRefusedException.BadRequest(SqlErrorText.Of(error));
        }
    }

    private static JsonElement? Member(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value.Clone() : null;
}

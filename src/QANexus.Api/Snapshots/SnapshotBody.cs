using System.Runtime.InteropServices;
using System.Text.Json;
using QANexus.Api.Problems;
using QANexus.Api.Requests;
using QANexus.EventStore.Json;
using QANexus.EventStore.Snapshots;

namespace QANexus.Api.Snapshots;

/// <summary>The body of a snapshot that a client wants kept: <c>{ "version": 7, "schema": "…", "state": { … } }</c>.</summary>
internal static class SnapshotBody
{
    private const string Version = "version";
    private const string Schema = "schema";
    private const string State = "state";

    /// <summary>The snapshot, or the problem with the body.</summary>
    public static bool TryParse(ReadOnlyMemory<byte> utf8, out ClientSnapshot? snapshot, out Problem? problem)
    {
        ClientSnapshot? read = null;
        problem = JsonBody.Read(utf8, body => Read(body, out read));
        snapshot = read;
        return problem is null;
    }

    private static List<ProblemError> Read(JsonElement body, out ClientSnapshot? snapshot)
    {
        var errors = JsonBody.FindWrongMembers(body, Version, Schema, State).ToList();
        var (version, schema, state) = (0L, default(SnapshotSchema), JsonObjectText.Empty);
        if (body.TryGetProperty(Version, out var value)
            && (value.ValueKind is not JsonValueKind.Number || !value.TryGetInt64(out version) || version < 1))
        {
            errors.Add(new ProblemError("/version", "must be an integer of at least 1"));
        }

        if (body.TryGetProperty(Schema, out value)
            && (value.ValueKind is not JsonValueKind.String || !SnapshotSchema.TryParse(value.GetString(), out schema)))
        {
            errors.Add(new ProblemError("/schema", "must be 1-128 visible ASCII characters"));
        }

        if (body.TryGetProperty(State, out value) && !JsonObjectText.TryParse(JsonMarshal.GetRawUtf8Value(value).ToArray(), out state, out _))
        {
            errors.Add(new ProblemError("/state", "must be an object"));
        }

        snapshot = errors.Count == 0 ? new ClientSnapshot(version, schema, state) : null;
        return errors;
    }
}

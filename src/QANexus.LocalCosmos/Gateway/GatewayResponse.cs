using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace QANexus.LocalCosmos.Gateway;

/// <summary>A response as every transport sends it: always with Content-Length, without a body on 204 and 304.</summary>
internal sealed class GatewayResponse
{
    private static readonly JsonWriterOptions s_readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public required int StatusCode { get; init; }

    public Dictionary<string, string> Headers { get; init; } = new(StringComparer.OrdinalIgnoreCase);

    public ReadOnlyMemory<byte> Body { get; init; }

    public Delivery Delivery { get; init; } = Delivery.Whole;

    public static GatewayResponse Empty(int statusCode) => new() { StatusCode = statusCode };

    /// <summary>A response with a body that is JSON already.</summary>
    public static GatewayResponse Json(int statusCode, ReadOnlyMemory<byte> utf8)
    {
        var response = new GatewayResponse { StatusCode = statusCode, Body = utf8 };
        response.Headers[CosmosHeaders.ContentType] = "application/json";
        return response;
    }

    /// <summary>A batch answer, which is not JSON.</summary>
    public static GatewayResponse Binary(int statusCode, ReadOnlyMemory<byte> body)
    {
        var response = new GatewayResponse { StatusCode = statusCode, Body = body };
        response.Headers[CosmosHeaders.ContentType] = "application/octet-stream";
        return response;
    }

    /// <summary>A failure in the service's form: <c>code</c>, the word for the status, and <c>message</c>, the reason and the activity id.</summary>
    public static GatewayResponse Error(int statusCode, string reason, int subStatus = 0, string? activityId = null)
    {
        var response = Json(statusCode, ErrorBody(statusCode, reason, activityId));
        if (subStatus != 0)
            response.Headers[CosmosHeaders.SubStatus] = subStatus.ToString(CultureInfo.InvariantCulture);
        return response;
    }

    /// <summary>The body of <see cref="Error"/>, which batch results carry too.</summary>
    public static byte[] ErrorBody(int statusCode, string reason, string? activityId = null)
    {
        using var errors = new MemoryStream();
        using (var writer = new Utf8JsonWriter(errors, s_readable))
        {
            writer.WriteStartObject();
            writer.WriteStartArray("Errors");
            writer.WriteStringValue(reason);
            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        var message = $"Message: {System.Text.Encoding.UTF8.GetString(errors.GetBuffer(), 0, (int)errors.Length)}"
            + (activityId is null ? "" : $"\r\nActivityId: {activityId}");
        using var body = new MemoryStream();
        using (var writer = new Utf8JsonWriter(body))
        {
            writer.WriteStartObject();
            writer.WriteString("code", CodeOf(statusCode));
            writer.WriteString("message", message);
            writer.WriteEndObject();
        }

        return body.ToArray();
    }

    /// <summary>The word for a status.</summary>
    public static string CodeOf(int statusCode) => statusCode switch
    {
        200 => "Ok",
        201 => "Created",
        204 => "NoContent",
        207 => "MultiStatus",
        304 => "NotModified",
        400 => "BadRequest",
        401 => "Unauthorized",
        403 => "Forbidden",
        404 => "NotFound",
        405 => "MethodNotAllowed",
        408 => "RequestTimeout",
        409 => "Conflict",
        410 => "Gone",
        412 => "PreconditionFailed",
        413 => "RequestEntityTooLarge",
        424 => "FailedDependency",
        429 => "TooManyRequests",
        431 => "RequestHeaderFieldsTooLarge",
        449 => "RetryWith",
        503 => "ServiceUnavailable",
        >= 500 => "InternalServerError",
        _ => "BadRequest",
    };
}

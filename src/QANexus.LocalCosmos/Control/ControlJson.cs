using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using QANexus.LocalCosmos.Documents;
using QANexus.LocalCosmos.Faults;
using QANexus.LocalCosmos.Gateway;
using QANexus.LocalCosmos.Routing;

namespace QANexus.LocalCosmos.Control;

/// <summary>
/// Bodies of the control API: the names of the types that code uses, in camel case. A fault names its type without the word behind,
/// <c>{"type":"Status","statusCode":429}</c>; times are <c>hh:mm:ss.fff</c>. What is unknown, missing or there twice is refused.
/// </summary>
internal static class ControlJson
{
    private static readonly JsonSerializerOptions s_options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        AllowDuplicateProperties = false,
        AllowOutOfOrderMetadataProperties = true,
        Converters = { new JsonStringEnumConverter(namingPolicy: null, allowIntegerValues: false) },
        TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { NameFaults } },
    };

    /// <exception cref="RequestRefusedException">400: not such a body; the message names the member.</exception>
    public static T Read<T>(ReadOnlyMemory<byte> body)
        where T : class
    {
        if (!JsonText.IsValid(body.Span))
            throw RequestRefusedException.BadRequest("The body is not JSON.");
        try
        {
            return JsonSerializer.Deserialize<T>(body.Span, s_options) ?? throw RequestRefusedException.BadRequest("The body is null.");
        }
        catch (Exception refused) when (refused is JsonException or NotSupportedException)
        {
            throw RequestRefusedException.BadRequest(refused.Message);
        }
    }

    public static GatewayResponse Respond<T>(int statusCode, T body) =>
        GatewayResponse.Json(statusCode, JsonSerializer.SerializeToUtf8Bytes(body, s_options));

    // All faults there are, so that a new one cannot be forgotten here.
    private static void NameFaults(JsonTypeInfo type)
    {
        if (type.Type != typeof(Fault))
            return;
        type.PolymorphismOptions = new JsonPolymorphismOptions { TypeDiscriminatorPropertyName = "type" };
        foreach (var fault in typeof(Fault).Assembly.GetTypes().Where(fault => fault is { IsAbstract: false } && fault.IsSubclassOf(typeof(Fault))))
            type.PolymorphismOptions.DerivedTypes.Add(new JsonDerivedType(fault, fault.Name[..^nameof(Fault).Length]));
    }
}

using System.Text.Json;
using System.Text.Json.Nodes;
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

    /// <summary>All faults there are, by their names in text.</summary>
    public static IReadOnlyList<(string Name, Type Type)> Faults { get; } =
    [
        .. typeof(Fault).Assembly.GetTypes().Where(fault => fault is { IsAbstract: false } && fault.IsSubclassOf(typeof(Fault)))
            .Select(fault => (fault.Name[..^nameof(Fault).Length], fault)),
    ];

    /// <summary>What a type has in text.</summary>
    public static IEnumerable<JsonPropertyInfo> MembersOf(Type type) => s_options.GetTypeInfo(type).Properties;

    public static JsonObject Write(FaultRule rule) => JsonSerializer.SerializeToNode(rule, s_options)!.AsObject();

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

    private static void NameFaults(JsonTypeInfo type)
    {
        if (type.Type != typeof(Fault))
            return;
        type.PolymorphismOptions = new JsonPolymorphismOptions { TypeDiscriminatorPropertyName = "type" };
        foreach (var (name, fault) in Faults)
            type.PolymorphismOptions.DerivedTypes.Add(new JsonDerivedType(fault, name));
    }
}

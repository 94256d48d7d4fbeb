using System.Text.Json.Serialization;
using QANexus.Domain.Json;

namespace QANexus.Domain.Reservations;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    Converters = [typeof(UtcTime)])]
[JsonSerializable(typeof(ReservationState))]
[JsonSerializable(typeof(ReservationMade))]
[JsonSerializable(typeof(ReservationReleased))]
internal sealed partial class ReservationJson : JsonSerializerContext;

using QANexus.EventStore.Reading;

namespace QANexus.Api.Requests;

/// <summary>The order in which events are asked for.</summary>
internal static class DirectionParameter
{
    public static ReadDirection Read(QueryParameters parameters) =>
        parameters.Value<ReadDirection>("direction", TryParse, "must be forward or backward") ?? ReadDirection.Forward;

    private static bool TryParse(string? text, out ReadDirection direction)
    {
        direction = text is "backward" ? ReadDirection.Backward : ReadDirection.Forward;
        return text is "forward" or "backward";
    }
}

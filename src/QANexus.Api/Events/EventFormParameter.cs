using QANexus.Api.Requests;
using QANexus.EventStore.Reading;

namespace QANexus.Api.Events;

/// <summary>Reads <c>upcast</c>, which every route that gives events takes.</summary>
internal static class EventFormParameter
{
    public static EventForm Read(QueryParameters parameters) =>
        parameters.Value<bool>("upcast", TryParse, "must be true or false") is false ? EventForm.AsStored : EventForm.Latest;

    private static bool TryParse(string? text, out bool value)
    {
        value = text is "true";
        return text is "true" or "false";
    }
}

namespace QANexus.EventStore.Reading;

/// <summary>The form that events are read in.</summary>
public enum EventForm
{
    /// <summary>Upcast to the latest version that this build knows of their type.</summary>
    Latest,

    /// <summary>As they are stored, byte for byte.</summary>
    AsStored,
}

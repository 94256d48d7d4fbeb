namespace QANexus.LocalCosmos.Gateway;

/// <summary>How far a response gets on its way to the client; anything but <see cref="Whole"/> is an injected fault.</summary>
internal enum Delivery
{
    Whole,

    /// <summary>The connection breaks before the first byte of the answer.</summary>
    CutBeforeAnswer,

    /// <summary>The connection breaks after the headers and half of the body.</summary>
    CutMidBody,

    /// <summary>Nothing comes back until the client gives up.</summary>
    Never,
}

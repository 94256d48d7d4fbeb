using System.Text.Json.Serialization;
using QANexus.Domain.Words;

namespace QANexus.ReadModels.Bugs;

/// <summary>How it stands with a promise.</summary>
[JsonConverter(typeof(UpperSnakeWords<ClockState>))]
internal enum ClockState
{
    /// <summary>Nothing has happened yet; whether the time is over is for the reader's clock to say.</summary>
    Running,
    Met,
    Missed,

    /// <summary>The bug is DEFERRED or INVALID: nothing is promised while it is.</summary>
    Stopped,
}

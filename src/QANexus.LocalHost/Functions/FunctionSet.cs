using QANexus.LocalHost.Functions.ChangeFeed;
using QANexus.LocalHost.Functions.Http;
using QANexus.LocalHost.Functions.Timers;

namespace QANexus.LocalHost.Functions;

/// <summary>The functions of an application by their kind of trigger, each kind in the order of names.</summary>
internal sealed record FunctionSet(
    IReadOnlyList<HttpFunction> Http, IReadOnlyList<ChangeFeedFunction> ChangeFeed, IReadOnlyList<TimerFunction> Timers);

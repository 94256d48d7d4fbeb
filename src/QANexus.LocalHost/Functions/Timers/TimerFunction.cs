using System.Reflection;
using QANexus.LocalHost.Functions.Retrying;

namespace QANexus.LocalHost.Functions.Timers;

/// <summary>A function method that is called by the clock.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Method">The method.</param>
/// <param name="Retry">What becomes of a failed call.</param>
/// <param name="Schedule">When it is due.</param>
/// <param name="IsRecorded">Whether a record of its turns outlives the host, so that one that was missed meanwhile is made up for.</param>
/// <param name="RunsOnStartup">Whether it is also called at once.</param>
internal sealed record TimerFunction(
    string Name, MethodInfo Method, FunctionRetry? Retry, TimerSchedule Schedule, bool IsRecorded, bool RunsOnStartup)
    : BackgroundFunction(Name, Method, Retry);

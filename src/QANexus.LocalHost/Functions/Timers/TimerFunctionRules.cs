using System.Reflection;
using Microsoft.Azure.Functions.Worker;
using QANexus.LocalHost.Functions.Retrying;

namespace QANexus.LocalHost.Functions.Timers;

/// <summary>What a function with a timer must be for both hosts to call it alike.</summary>
internal static class TimerFunctionRules
{
    /// <exception cref="FunctionDefinitionException">It is not.</exception>
    public static TimerFunction Describe(string name, MethodInfo method, ParameterInfo trigger, TimerTriggerAttribute attribute)
    {
        BackgroundMethod.Check(name, method, trigger, typeof(TimerInfo));
        if (!TimerSchedule.TryParse(attribute.Schedule, out var schedule))
        {
            throw new FunctionDefinitionException(
                $"'{attribute.Schedule}' is no schedule for function '{name}': six fields from seconds to days of the week, as an interval is not taken on every plan.");
        }

        return new TimerFunction(
            name, method, FunctionRetry.Of(name, method), schedule, attribute.UseMonitor && !schedule.IsOftenInAMinute, attribute.RunOnStartup);
    }
}

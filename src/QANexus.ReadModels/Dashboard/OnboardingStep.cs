using System.Text.Json.Serialization;
using QANexus.Domain.Words;

namespace QANexus.ReadModels.Dashboard;

/// <summary>What a tenant does first.</summary>
[JsonConverter(typeof(UpperSnakeWords<OnboardingStep>))]
internal enum OnboardingStep
{
    Project,
    Requirement,
    Analysis,
    Sprint,
    TestCase,
    TestRun,
    Bug,
    Release,

    /// <summary>A run came out of the report of a pipeline.</summary>
    Automation,
}

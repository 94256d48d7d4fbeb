using System.Collections.Immutable;
using QANexus.Domain.Arithmetic;

namespace QANexus.ReadModels.Dashboard;

/// <summary>
/// What a tenant has done for the first time. A project is the tenant itself, there once it has anything; a test case is there once a completed run has a
/// result for one.
/// </summary>
internal sealed record OnboardingChecklist(ImmutableArray<OnboardingChecklist.Item> Steps)
{
    /// <summary>One step, and whether it was done.</summary>
    internal sealed record Item(OnboardingStep Step, bool Done);

    /// <summary>Done of all.</summary>
    public Ratio Progress => new(Steps.Count(static step => step.Done), Steps.Length);

    public static OnboardingChecklist Of(DashboardDocument document)
    {
        ImmutableArray<Item> steps = StepsOf(document);
        return new([new(OnboardingStep.Project, steps.Any(static step => step.Done)), .. steps]);
    }

    private static ImmutableArray<Item> StepsOf(DashboardDocument document) =>
    [
        new(OnboardingStep.Requirement, document.Requirements is { Total: > 0 }),
        new(OnboardingStep.Analysis, document.Requirements is { Analyzed: > 0 }),
        new(OnboardingStep.Sprint, document.Sprints > 0),
        new(OnboardingStep.TestCase, document.TestRuns is { WithResults: > 0 }),
        new(OnboardingStep.TestRun, document.TestRuns is { Total: > 0 }),
        new(OnboardingStep.Bug, document.Bugs is { Total: > 0 }),
        new(OnboardingStep.Release, document.Releases is { Total: > 0 }),
        new(OnboardingStep.Automation, document.TestRuns is { Imported: > 0 }),
    ];
}

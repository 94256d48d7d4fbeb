using System.Text.Json.Serialization;
using QANexus.EventStore.Aggregates;
using QANexus.EventStore.Streams;

namespace QANexus.Testing.Samples;

/// <summary>A small aggregate for tests of the store: its state, its events, and what it decides.</summary>
/// <param name="Status">Where it is in its life.</param>
/// <param name="Title">What it is called.</param>
/// <param name="Score">The score of the last analysis.</param>
/// <param name="Analyses">How many there were.</param>
/// <param name="Average">Their average, with more digits than a double has.</param>
/// <param name="Effort">What it is estimated to take.</param>
/// <param name="ApprovedBy">Who approved it.</param>
/// <param name="Notes">What was noted, oldest first.</param>
public sealed record Requirement(
    RequirementStatus Status,
    string Title,
    int? Score,
    int Analyses,
    decimal Average,
    decimal Effort,
    string? ApprovedBy,
    IReadOnlyList<string> Notes)
{
    public const int MinimumScore = 75;

    public static Requirement Unknown { get; } = new(RequirementStatus.None, string.Empty, Score: null, Analyses: 0, Average: 0, Effort: 0, ApprovedBy: null, []);

    public static Decision Create(string title) => title.Length == 0
        ? Decision.Violates("requirement.title.required", "A requirement has a title.")
        : Decision.Raise(new RequirementCreated(title));

    public Decision Analyze(int score) => score is < 0 or > 100
        ? Decision.Violates("rqs.score.range", "A score is between 0 and 100.")
        : Decision.Raise(new RequirementAnalyzed(score));

    public Decision Estimate(decimal effort) => Decision.Raise(new RequirementEstimated(effort));

    public Decision Approve() => Status is RequirementStatus.Approved
        ? Decision.Nothing
        : Score < MinimumScore
            ? Decision.Violates("requirement.rqs.too_low", $"The score {Score} is below {MinimumScore}.")
            : Decision.Raise(new RequirementApproved());

    public Decision Rename(string title) => Status is RequirementStatus.Approved
        ? Decision.Forbids("requirement.transition", "An approved requirement keeps its title.")
        : title == Title ? Decision.Nothing : Decision.Raise(new RequirementRenamed(Title, title));

    public Decision Note(params IReadOnlyList<string> texts) => Decision.Raise([.. texts.Select(static text => new RequirementNoted(text))]);
}

public enum RequirementStatus
{
    None,
    Draft,
    Approved,
}

public sealed record RequirementCreated(string Title);

public sealed record RequirementAnalyzed(int Score);

public sealed record RequirementEstimated(decimal Effort);

public sealed record RequirementApproved;

public sealed record RequirementRenamed(string From, string To);

public sealed record RequirementNoted(string Text);

/// <summary>How a requirement follows from its events.</summary>
public sealed class RequirementDefinition : AggregateDefinition<Requirement>
{
    private readonly int foldRevision;

    public RequirementDefinition()
        : this(foldRevision: 1)
    {
    }

    public RequirementDefinition(int foldRevision)
        : base(AggregateType.Parse("Requirement"), Requirement.Unknown, RequirementJson.Default.Requirement)
    {
        this.foldRevision = foldRevision;
        On(
            EventType.Parse("RequirementCreated"), RequirementJson.Default.RequirementCreated,
            static (state, created, _) => state with { Status = RequirementStatus.Draft, Title = created.Title },
            static (state, _) => state with { Status = RequirementStatus.Draft, Title = "(redacted)" });
        On(
            EventType.Parse("RequirementAnalyzed"), RequirementJson.Default.RequirementAnalyzed,
            static (state, analyzed, _) => analyzed.Score < 0 ? throw new InvalidOperationException("a score is not negative") : state with
            {
                Score = analyzed.Score,
                Analyses = state.Analyses + 1,
                Average = ((state.Average * state.Analyses) + analyzed.Score) / (state.Analyses + 1),
            },
            static (state, _) => state with { Score = null });
        On(
            EventType.Parse("RequirementEstimated"), RequirementJson.Default.RequirementEstimated,
            static (state, estimated, _) => state with { Effort = estimated.Effort },
            static (state, _) => state with { Effort = 0 });
        On(
            EventType.Parse("RequirementApproved"), RequirementJson.Default.RequirementApproved,
            static (state, e) => state with { Status = RequirementStatus.Approved, ApprovedBy = e.Origin.Actor });
        On(
            EventType.Parse("RequirementRenamed"), RequirementJson.Default.RequirementRenamed,
            static (state, renamed, _) => state with { Title = renamed.To },
            static (state, _) => state with { Title = "(redacted)" });
        On(
            EventType.Parse("RequirementNoted"), RequirementJson.Default.RequirementNoted,
            static (state, noted, _) => state with { Notes = [.. state.Notes, noted.Text] },
            static (state, _) => state with { Notes = [.. state.Notes, "(redacted)"] });
    }

    public override int FoldRevision => foldRevision;
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true)]
[JsonSerializable(typeof(Requirement))]
[JsonSerializable(typeof(RequirementCreated))]
[JsonSerializable(typeof(RequirementAnalyzed))]
[JsonSerializable(typeof(RequirementEstimated))]
[JsonSerializable(typeof(RequirementApproved))]
[JsonSerializable(typeof(RequirementRenamed))]
[JsonSerializable(typeof(RequirementNoted))]
internal sealed partial class RequirementJson : JsonSerializerContext;

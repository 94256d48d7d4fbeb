using System.Text.Json;
using CsCheck;
using QANexus.Domain.Arithmetic;
using QANexus.Domain.Releases.Confidence;
using QANexus.Domain.Words;

namespace QANexus.Domain.Tests.Releases;

public sealed class ReleaseConfidenceScoreTests
{
    [Theory]
    [InlineData(0, 0, 0, 0, 100, 100, 100, 100, 100, "READY", "")]
    [InlineData(0, 1, 2, 3, 85, 90, 85, 54, 77, "READY", "")]
    [InlineData(0, 1, 3, 5, 85, 90, 95, 40, 74, "WARNING", "RCS_TOO_LOW")]
    [InlineData(0, 0, 0, 0, 0, 0, 100, 100, 40, "BLOCKED", "RCS_TOO_LOW TEST_PASS_RATE_LOW REQUIREMENTS_NOT_READY")]
    [InlineData(1, 0, 0, 0, 100, 100, 100, 60, 88, "BLOCKED", "CRITICAL_BUGS")]
    [InlineData(0, 2, 0, 0, 100, 100, 100, 60, 88, "READY", "")]
    [InlineData(3, 0, 0, 0, 90, 90, 90, 0, 63, "BLOCKED", "CRITICAL_BUGS RCS_TOO_LOW")]
    [InlineData(0, 0, 0, 0, 79, 100, 100, 100, 92, "WARNING", "TEST_PASS_RATE_LOW")]
    [InlineData(0, 0, 0, 0, 80, 0, 0, 100, 62, "WARNING", "RCS_TOO_LOW REQUIREMENTS_NOT_READY")]
    [InlineData(0, 0, 0, 0, 50, 0, 0, 100, 50, "WARNING", "RCS_TOO_LOW TEST_PASS_RATE_LOW REQUIREMENTS_NOT_READY")]
    [InlineData(0, 0, 0, 0, 47, 0, 0, 100, 49, "BLOCKED", "RCS_TOO_LOW TEST_PASS_RATE_LOW REQUIREMENTS_NOT_READY")]
    [InlineData(0, 1, 1, 4, 80, 73, 93, 62, 75, "READY", "")]
    public void The_golden_vectors_hold(
        int critical, int high, int medium, int low, int tests, int requirements, int security, int bugs, int total, string status, string reasons)
    {
        var score = Calculate(new BugCounts(critical, high, medium, low), tests, requirements, security);

        Assert.Equal(bugs, score.Pillars[1].Score);
        Assert.Equal(total, score.Total);
        Assert.Equal(status, Word.Of(score.Status));
        Assert.Equal(reasons, string.Join(' ', score.Reasons.Select(static reason => Word.Of(reason.Code))));
    }

    [Theory]
    [InlineData(101, 0, "rcs.qualityTesting.range")]
    [InlineData(-0.0001, 0, "rcs.qualityTesting.range")]
    [InlineData(100, -1, "rcs.bugs.range")]
    public void What_is_no_percentage_or_count_is_refused_by_the_name_of_its_pillar(decimal tests, int medium, string rule)
    {
        var inputs = Inputs(new BugCounts(Medium: medium), tests, 100, 100);

        Assert.Equal(rule, inputs.FindViolation()?.Rule);
        Assert.Throws<ArgumentException>(() => ReleaseConfidenceScore.Calculate(inputs, ConfidenceThresholds.Default));
    }

    [Fact]
    public void The_total_is_the_integer_formula_wherever_the_pillars_are_whole_numbers() =>
        Gen.Select(Gen.Int[0, 100], Gen.Int[0, 100], Gen.Int[0, 100], Gen.Int[0, 50]).Sample((tests, requirements, security, low) =>
        {
            var score = Calculate(new BugCounts(Low: low), tests, requirements, security);
            var bugs = Math.Max(0, 100 - (2 * low));

            Assert.Equal(((4 * tests) + (3 * bugs) + (2 * requirements) + security + 5) / 10, score.Total);
        });

    [Fact]
    public void Shares_that_make_a_half_only_together_are_rounded_up()
    {
        // 40/3 + 2 * 20/3 is 26 2/3; with bugs 100 and security 75 the total is 64 1/6. A third and a third of 40 and 20 make exactly 20: 20 + 30 + 4.5 = 54.5.
        var inputs = new ReadinessInputs { Tests = new(new Ratio(1, 3)), Bugs = BugCounts.None, Requirements = new Ratio(1, 3), Security = new Ratio(45, 100) };

        Assert.Equal(55, ReleaseConfidenceScore.Calculate(inputs, ConfidenceThresholds.Default).Total);
    }

    [Fact]
    public void A_pass_rate_of_79_and_a_half_is_not_80()
    {
        var score = ReleaseConfidenceScore.Calculate(
            new ReadinessInputs { Tests = new(new Ratio(159, 200)), Bugs = BugCounts.None, Requirements = new Ratio(1, 1), Security = new Ratio(1, 1) },
            ConfidenceThresholds.Default);

        Assert.Equal(ReadinessStatus.Warning, score.Status);
        Assert.Equal(Gate.TestCoverage, Assert.Single(score.FailedGates));
    }

    [Fact]
    public void A_part_of_a_run_does_not_pass()
    {
        var score = ReleaseConfidenceScore.Calculate(
            Inputs(BugCounts.None, 100, 100, 100) with { Tests = new(new Ratio(1, 1), IsComplete: false, "run-1") }, ConfidenceThresholds.Default);

        Assert.Equal(ReadinessStatus.Warning, score.Status);
        Assert.Equal(ReadinessReasonCode.TestRunIncomplete, Assert.Single(score.Reasons).Code);
    }

    [Fact]
    public void A_P0_bug_of_low_severity_blocks_as_a_critical_one_does()
    {
        var score = Calculate(new BugCounts(Low: 1, P0: 1), 100, 100, 100);

        Assert.Equal(ReadinessStatus.Blocked, score.Status);
        Assert.Equal(ReadinessReasonCode.P0Bugs, Assert.Single(score.Reasons).Code);
        Assert.Equal(98m, score.Pillars[1].Score);
    }

    [Fact]
    public void Untriaged_bugs_count_as_medium_and_are_shown()
    {
        var score = Calculate(new BugCounts(Untriaged: 2), 100, 100, 100);

        Assert.Equal((80m, 94, ReadinessStatus.Ready), (score.Pillars[1].Score, score.Total, score.Status));
        Assert.Equal((ReadinessReasonCode.UntriagedBugs, 2m), (Assert.Single(score.Reasons).Code, score.Reasons[0].Current));
    }

    [Theory]
    [InlineData(Pillar.QualityTesting, 60)]
    [InlineData(Pillar.Bugs, 70)]
    [InlineData(Pillar.RequirementsPlanning, 80)]
    [InlineData(Pillar.SecurityOps, 90)]
    public void A_source_that_cannot_answer_counts_nothing_and_never_passes(Pillar missing, int total)
    {
        var all = Inputs(BugCounts.None, 100, 100, 100);
        var inputs = missing switch
        {
            Pillar.QualityTesting => all with { Tests = null },
            Pillar.Bugs => all with { Bugs = null },
            Pillar.RequirementsPlanning => all with { Requirements = null },
            _ => all with { Security = null },
        };

        var score = ReleaseConfidenceScore.Calculate(inputs, ConfidenceThresholds.Default);

        Assert.Equal((total, ReadinessStatus.Warning), (score.Total, score.Status));
        Assert.Contains(new ReadinessReason(ReadinessReasonCode.DataUnavailable, Source: missing), score.Reasons);
        Assert.Null(score.Pillars.Single(pillar => pillar.Pillar == missing).Score);
    }

    [Fact]
    public void Better_inputs_never_make_a_worse_score() =>
        Gen.Select(Gen.Int[0, 4], Gen.Int[0, 4], Gen.Int[0, 40], Gen.Int[0, 40], Gen.Int[0, 40]).Sample((critical, high, tests, requirements, security) =>
        {
            var worse = ReleaseConfidenceScore.Calculate(
                new ReadinessInputs
                {
                    Tests = new(new Ratio(tests, 41)), Bugs = new(critical + 1, high + 1), Requirements = new Ratio(requirements, 41), Security = new Ratio(security, 41),
                },
                ConfidenceThresholds.Default);
            var better = ReleaseConfidenceScore.Calculate(
                new ReadinessInputs
                {
                    Tests = new(new Ratio(tests + 1, 41)), Bugs = new(critical, high), Requirements = new Ratio(requirements + 1, 41), Security = new Ratio(security + 1, 41),
                },
                ConfidenceThresholds.Default);

            Assert.True(better.Total >= worse.Total);
            Assert.True(better.Status <= worse.Status);
        });

    [Fact]
    public void A_blocked_score_is_blocked_after_a_round_trip()
    {
        var score = Calculate(new BugCounts(Critical: 1), 100, 100, 100);

        var read = JsonSerializer.Deserialize<ReleaseConfidenceScore>(JsonSerializer.Serialize(score));

        Assert.Equal(score, read);
        Assert.Equal(ReadinessStatus.Blocked, read!.Status);
        Assert.Equal(1, read.Inputs.Bugs!.Critical);
        Assert.False(read.PassesAllGates);
    }

    [Fact]
    public void One_critical_bug_is_not_two_high_ones() =>
        Assert.NotEqual(Calculate(new BugCounts(Critical: 1), 100, 100, 100), Calculate(new BugCounts(High: 2), 100, 100, 100));

    [Fact]
    public void Contributions_are_rounded_for_display_and_need_not_add_up()
    {
        var score = Calculate(new BugCounts(Medium: 5), 80, 81, 83);

        Assert.Equal(72, score.Total);
        Assert.Equal(71, score.Pillars.Sum(static pillar => pillar.Contribution));
        Assert.Equal([40, 30, 20, 10], score.Pillars.Select(static pillar => pillar.Weight));
    }

    [Fact]
    public void What_would_raise_the_score_is_said_in_order()
    {
        Assert.Equal(
            [Recommendation.RaisePassRate, Recommendation.FixRemainingBugs, Recommendation.CompleteRequirements, Recommendation.AddressSecurity],
            Calculate(new BugCounts(Low: 1), 79, 89, 69).Recommendations.AsEnumerable());
        Assert.Equal([Recommendation.NothingToImprove], Calculate(BugCounts.None, 80, 90, 70).Recommendations.AsEnumerable());
    }

    [Fact]
    public void Advisory_gates_are_reported_and_stop_nothing()
    {
        var score = Calculate(new BugCounts(High: 3), 100, 89, 69);

        Assert.Equal(ReadinessStatus.Ready, score.Status);
        Assert.Equal(
            [Gate.RequirementsReadiness, Gate.Security, Gate.HighSeverityBugs],
            score.Gates.Where(static gate => !gate.Passed).Select(static gate => gate.Gate));
    }

    [Fact]
    public void Security_findings_are_weighed_and_averaged_and_none_is_no_data()
    {
        Assert.Equal(40, new SecurityFindings(1, 1, 2, 5).Score);
        Assert.Equal(0, new SecurityFindings(Critical: 9).Score);
        Assert.Equal(new Ratio(71, 100), SecurityFindings.Share([new(1, 1, 2, 5), new(), new(Critical: 1, Low: 0), new(Low: 25)]));
        Assert.Null(SecurityFindings.Share([]));
    }

    private static ReadinessInputs Inputs(BugCounts bugs, decimal tests, decimal requirements, decimal security) => new()
    {
        Tests = new TestEvidence(Ratio.OfPercent(tests)),
        Bugs = bugs,
        Requirements = Ratio.OfPercent(requirements),
        Security = Ratio.OfPercent(security),
    };

    private static ReleaseConfidenceScore Calculate(BugCounts bugs, decimal tests, decimal requirements, decimal security) =>
        ReleaseConfidenceScore.Calculate(Inputs(bugs, tests, requirements, security), ConfidenceThresholds.Default);
}

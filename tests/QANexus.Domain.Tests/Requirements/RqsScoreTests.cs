using QANexus.Domain.Requirements;

namespace QANexus.Domain.Tests.Requirements;

public sealed class RqsScoreTests
{
    private static readonly RqsScore Golden = new() { Score = 85, Clarity = 90, Completeness = 80, Testability = 75, Consistency = 85 };

    [Fact]
    public void The_golden_score_is_read_as_it_was()
    {
        Assert.Equal(QualityBand.High, Golden.Band);
        Assert.Equal((QualityDimension.Testability, QualityDimension.Clarity), (Golden.Weakest, Golden.Strongest));
        Assert.Equal(83, Golden.AverageDimensionScore);
        Assert.False(Golden.ContradictsItsDimensions);
    }

    [Fact]
    public void Ties_go_to_the_first_dimension_and_four_equals_have_neither_end()
    {
        Assert.Equal(QualityDimension.Completeness, (Golden with { Completeness = 75 }).Weakest);
        var flat = new RqsScore { Score = 50, Clarity = 60, Completeness = 60, Testability = 60, Consistency = 60 };
        Assert.Equal((null, null), (flat.Weakest, flat.Strongest));
    }

    [Theory]
    [InlineData(80, QualityBand.High)]
    [InlineData(79, QualityBand.Medium)]
    [InlineData(60, QualityBand.Medium)]
    [InlineData(59, QualityBand.Low)]
    public void Bands_begin_at_60_and_80(int score, QualityBand band) => Assert.Equal(band, (Golden with { Score = score }).Band);

    [Fact]
    public void A_score_far_from_its_dimensions_contradicts_them()
    {
        Assert.False((Golden with { Score = 97.5m }).ContradictsItsDimensions);
        Assert.True((Golden with { Score = 97.6m }).ContradictsItsDimensions);
    }

    [Fact]
    public void Every_number_is_from_0_to_100()
    {
        Assert.Null(Golden.FindViolation());
        Assert.Equal("rqs.score.range", (Golden with { Score = 100.1m }).FindViolation()?.Rule);
        Assert.Equal("rqs.clarity.range", (Golden with { Clarity = 999 }).FindViolation()?.Rule);
        Assert.Equal("rqs.completeness.range", (Golden with { Completeness = -1 }).FindViolation()?.Rule);
        Assert.Equal("rqs.testability.range", (Golden with { Testability = 101 }).FindViolation()?.Rule);
        Assert.Equal("rqs.consistency.range", (Golden with { Consistency = 12.34567m }).FindViolation()?.Rule);
    }

    [Fact]
    public void Scores_are_equal_by_all_numbers_and_the_feedback_in_order()
    {
        Assert.Equal(Golden with { Feedback = ["a", "b"] }, Golden with { Feedback = ["a", "b"] });
        Assert.NotEqual(Golden with { Feedback = ["a", "b"] }, Golden with { Feedback = ["b", "a"] });
        Assert.NotEqual(Golden, Golden with { Consistency = 84 });
    }
}

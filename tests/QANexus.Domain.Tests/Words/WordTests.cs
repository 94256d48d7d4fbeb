using System.Text.Json;
using QANexus.Domain.Bugs;
using QANexus.Domain.Requirements;
using QANexus.Domain.Sprints;
using QANexus.Domain.Words;

namespace QANexus.Domain.Tests.Words;

public sealed class WordTests
{
    [Fact]
    public void Enumerations_are_upper_snake_words_in_json_and_outside()
    {
        Assert.Equal(["P0", "P1", "P2", "P3"], Word.All<BugPriority>());
        Assert.Equal(["BACKLOG", "TODO", "IN_PROGRESS", "CODE_REVIEW", "READY_FOR_QA", "IN_TESTING", "DONE"], Word.All<SprintItemStatus>());
        Assert.All(Word.All<RequirementType>(), static word => Assert.Equal(
            word, JsonSerializer.Serialize(JsonSerializer.Deserialize<RequirementType>($"\"{word}\"")).Trim('"')));
    }

    [Theory]
    [InlineData("0")]
    [InlineData("\"Draft\"")]
    [InlineData("\"COMPLETE\"")]
    [InlineData("\"DRAFT, READY\"")]
    [InlineData("\"\"")]
    public void Anything_else_is_refused(string json) => Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<RequirementStatus>(json));

    [Theory]
    [InlineData(null)]
    [InlineData("draft")]
    [InlineData("0")]
    public void And_outside_json(string? word) => Assert.False(Word.TryRead<RequirementStatus>(word, out _));
}

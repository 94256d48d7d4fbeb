using QANexus.Domain.Releases;

namespace QANexus.Domain.Tests.Releases;

public sealed class ReleaseVersionTests
{
    [Theory]
    [InlineData("1.0.0")]
    [InlineData("0.0.0")]
    [InlineData("1.0.0-rc1")]
    [InlineData("1.0.0-rc.1")]
    [InlineData("1.0.0+b1")]
    [InlineData("1.0.0-a+b")]
    [InlineData("1.0.0-0a.1--+001.sha")]
    public void Semantic_versions_are_versions(string version) => Assert.Null(ReleaseVersion.FindViolation(version));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("v1.0.0")]
    [InlineData("1.0")]
    [InlineData("1.0.0.0")]
    [InlineData(" 1.0.0")]
    [InlineData("1.0.0\n")]
    [InlineData("01.2.3")]
    [InlineData("1.0.0-")]
    [InlineData("1.0.0-01")]
    [InlineData("1.0.0-A_b")]
    [InlineData("1.0.0-rc..1")]
    [InlineData("١.0.0")]
    public void Anything_else_is_none(string? version) => Assert.Equal("release.version.format", ReleaseVersion.FindViolation(version)?.Rule);
}

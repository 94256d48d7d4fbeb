namespace QANexus.EndToEnd.Tests.Hosting;

/// <summary>One system for all journeys; each has tenants of its own.</summary>
[CollectionDefinition(Name)]
public sealed class SystemCollection : ICollectionFixture<SystemUnderTest>
{
    public const string Name = "system";
}

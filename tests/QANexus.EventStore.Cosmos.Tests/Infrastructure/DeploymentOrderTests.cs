namespace QANexus.EventStore.Cosmos.Tests.Infrastructure;

/// <summary>The resource manager does at once whatever does not wait for something. Not every resource bears that.</summary>
public sealed class DeploymentOrderTests
{
    private const string Account = "Microsoft.DocumentDB/databaseAccounts";
    private const string Site = "Microsoft.Web/sites";

    /// <summary>Cosmos DB refuses a change of an account's roles, with 412, while another one is under way.</summary>
    [SkippableFact]
    public async Task Roles_of_the_account_are_changed_one_at_a_time()
    {
        var definitions = Assert.Single(await CompiledTemplate.ResourcesAsync($"{Account}/sqlRoleDefinitions"));
        var assignments = Assert.Single(await CompiledTemplate.ResourcesAsync($"{Account}/sqlRoleAssignments"));

        Assert.All([definitions, assignments], static loop =>
        {
            Assert.Equal("serial", loop.GetProperty("copy").GetProperty("mode").GetString());
            Assert.Equal(1, loop.GetProperty("copy").GetProperty("batchSize").GetInt32());
        });
        Assert.True(CompiledTemplate.WaitsFor(assignments, CompiledTemplate.NameOf(definitions)));
    }

    /// <summary>A scope that names a container is a text: nothing else tells the resource manager that the container comes first.</summary>
    [SkippableFact]
    public async Task Nobody_is_granted_the_use_of_a_container_before_it_is_there()
    {
        var containers = Assert.Single(await CompiledTemplate.ResourcesAsync($"{Account}/sqlDatabases/containers"));
        var assignments = Assert.Single(await CompiledTemplate.ResourcesAsync($"{Account}/sqlRoleAssignments"));

        Assert.True(CompiledTemplate.WaitsFor(assignments, CompiledTemplate.NameOf(containers)));
    }

    /// <summary>A site answers 409 to a change while another one is under way.</summary>
    [SkippableFact]
    public async Task The_app_is_changed_one_step_at_a_time()
    {
        var settings = Assert.Single(await CompiledTemplate.ResourcesAsync($"{Site}/config"));
        var policies = await CompiledTemplate.ResourcesAsync($"{Site}/basicPublishingCredentialsPolicies");

        var first = Assert.Single(policies, policy => CompiledTemplate.WaitsFor(policy, CompiledTemplate.NameOf(settings)));
        Assert.Single(policies, policy => CompiledTemplate.WaitsFor(policy, CompiledTemplate.NameOf(first)));
        Assert.Equal(2, policies.Count);
    }
}

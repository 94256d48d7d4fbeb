using System.ComponentModel.DataAnnotations;
using Microsoft.Azure.Cosmos;

namespace QANexus.EventStore.Cosmos.Clearing;

/// <summary>Settings of clearing tenants on Cosmos DB.</summary>
public sealed class CosmosTenantClearOptions
{
    /// <summary>
    /// Makes the client of the identity that may delete documents in every container, which the ordinary store's must not. Called once, by the first
    /// clear; the client is disposed together with the services, unless it is the ordinary one. Required.
    /// </summary>
    [Required]
    public Func<IServiceProvider, CosmosClient>? Connect { get; set; }

    /// <summary>Documents that one call deletes before it answers that there is more to do. Default 2,000: some 15,000 RU where they are small.</summary>
    [Range(1, 1_000_000)]
    public int DocumentsPerCall { get; set; } = 2_000;
}

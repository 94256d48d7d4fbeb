using System.ComponentModel.DataAnnotations;
using Microsoft.Azure.Cosmos;

namespace QANexus.EventStore.Cosmos.Privacy;

/// <summary>Settings of redaction on Cosmos DB.</summary>
public sealed class CosmosEventRedactionOptions
{
    /// <summary>
    /// Makes the client of the identity that may replace commit documents, which the ordinary store's must not. Called once, on the first redaction; the
    /// client is disposed together with the services, unless it is the ordinary one. Required.
    /// </summary>
    [Required]
    public Func<IServiceProvider, CosmosClient>? Connect { get; set; }

    /// <summary>How often one document is tried to be replaced, while others redact in it or the outcome is open. Default 8.</summary>
    [Range(1, 100)]
    public int MaxAttempts { get; set; } = 8;
}

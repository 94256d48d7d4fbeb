using System.Collections.ObjectModel;
using Microsoft.Extensions.Logging;
using QANexus.Domain.Policies;
using QANexus.EventStore.Upcasting;
using QANexus.LocalCosmos.Faults;

namespace QANexus.LocalHost.Hosting;

/// <summary>How the local host runs; the values here are those of a command line without options.</summary>
public sealed record LocalHostOptions
{
    public const int DefaultPort = 7071;
    public const int DefaultCosmosPort = 8081;

    /// <summary>The least throughput that a container of the service can have.</summary>
    public const int MinThroughput = 400;

    public const int MaxThroughput = 1_000_000;
    public const string DefaultDataDirectory = ".qanexus";

    /// <summary>Where the API listens, on loopback only; 0 takes a free port.</summary>
    public int Port { get; init; } = DefaultPort;

    /// <summary>Where LocalCosmos listens, on loopback only; 0 takes a free port.</summary>
    public int CosmosPort { get; init; } = DefaultCosmosPort;

    /// <summary>The folder that LocalCosmos keeps its data in; made where it does not exist.</summary>
    public string DataDirectory { get; init; } = DefaultDataDirectory;

    /// <summary>Keep nothing: the data ends with the process.</summary>
    public bool InMemory { get; init; }

    /// <summary>What goes wrong in LocalCosmos from the start, once its containers are there.</summary>
    public IReadOnlyList<FaultRule> Faults { get; init; } = [];

    /// <summary>Request units a second that each container of LocalCosmos has; null for as many as it takes.</summary>
    public int? Throughput { get; init; }

    /// <summary>Whether LocalCosmos takes faults, splits and its clock over HTTP, under <c>/_local</c>.</summary>
    public bool HasControlApi { get; init; }

    /// <summary>A Cosmos DB endpoint to run over instead of LocalCosmos.</summary>
    public Uri? CosmosEndpoint { get; init; }

    /// <summary>
    /// The key of <see cref="CosmosEndpoint"/>. Without one a loopback endpoint is opened with LocalCosmos's well-known key, and any other with
    /// the identity of whoever is signed in.
    /// </summary>
    public string? CosmosKey { get; init; }

    /// <summary>Let callers remove everything that a tenant has.</summary>
    public bool EnableClear { get; init; }

    /// <summary>What is worth a line on the standard error stream.</summary>
    public LogLevel MinimumLogLevel { get; init; } = LogLevel.Warning;

    /// <summary>
    /// Where telemetry goes, by the names that OpenTelemetry and Application Insights gave their environment variables; empty for nowhere. Then
    /// everything from <see cref="LogLevel.Information"/> on is sent, whatever <see cref="MinimumLogLevel"/> says.
    /// </summary>
    public IReadOnlyDictionary<string, string?> Telemetry { get; init; } = ReadOnlyDictionary<string, string?>.Empty;

    /// <summary>Event types that are known beside those of this program's own.</summary>
    public Action<EventCatalogBuilder>? EventTypes { get; init; }

    /// <summary>What tenants ask of requirements and releases; as the domain has it where nothing is set.</summary>
    public Action<PolicyOptions> ConfigurePolicies { get; init; } = static _ => { };
}

namespace QANexus.Api.Authentication;

/// <summary>What a caller can be allowed to do in a tenant.</summary>
public enum Permission
{
    /// <summary>Read streams and query events.</summary>
    ReadEvents,

    /// <summary>Append events to streams.</summary>
    AppendEvents,

    /// <summary>Keep snapshots for clients that fold for themselves.</summary>
    KeepSnapshots,

    /// <summary>Take the data of events away.</summary>
    RedactEvents,

    /// <summary>Remove everything that the tenant has.</summary>
    ClearTenant,
}

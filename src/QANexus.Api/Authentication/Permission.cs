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

    /// <summary>Read views.</summary>
    ReadViews,

    /// <summary>See how subscriptions stand and what is parked.</summary>
    ReadSubscriptions,

    /// <summary>Let parked streams go on, leave events out, and have views rebuilt.</summary>
    ManageSubscriptions,

    /// <summary>Make test runs of reports.</summary>
    ImportTestReports,
}

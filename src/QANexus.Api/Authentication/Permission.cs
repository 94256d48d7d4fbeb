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

    /// <summary>Write requirements, publish them and send them back.</summary>
    EditRequirements,

    /// <summary>Record what an analyser says of a requirement.</summary>
    AnalyzeRequirements,

    /// <summary>Approve requirements.</summary>
    ApproveRequirements,

    /// <summary>Plan sprints, start them and end them.</summary>
    PlanSprints,

    /// <summary>Move items over a sprint's board.</summary>
    MoveItems,

    /// <summary>Plan releases.</summary>
    PlanReleases,

    /// <summary>Have a release's readiness evaluated.</summary>
    EvaluateReleases,

    /// <summary>Take a release through its life, and past its gates.</summary>
    SteerReleases,

    /// <summary>Report bugs.</summary>
    ReportBugs,

    /// <summary>Triage bugs, verify them and decide what becomes of them.</summary>
    JudgeBugs,

    /// <summary>Work on bugs.</summary>
    ResolveBugs,

    /// <summary>Make test runs and record results.</summary>
    RunTests,
    /// <summary>Make test runs of reports.</summary>
    ImportTestReports,
}

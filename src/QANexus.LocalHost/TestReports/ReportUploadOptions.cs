namespace QANexus.LocalHost.TestReports;

/// <summary>Which reports to import, and where to.</summary>
internal sealed record ReportUploadOptions
{
    public required IReadOnlyList<string> Files { get; init; }

    /// <summary>Where the host is, without <c>/api</c>.</summary>
    public required Uri BaseAddress { get; init; }

    public required string Tenant { get; init; }

    /// <summary>The sprint that the runs are for.</summary>
    public string? Sprint { get; init; }

    /// <summary>The release that the runs are for.</summary>
    public string? Release { get; init; }

    /// <summary>A bearer token; a host on this machine needs none.</summary>
    public string? Token { get; init; }
}

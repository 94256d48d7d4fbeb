namespace QANexus.LocalHost.Importing;

/// <summary>Counts what has been settled.</summary>
internal sealed class ImportTally
{
    private readonly Lock gate = new();
    private readonly SortedDictionary<string, TenantCounts> tenants = new(StringComparer.Ordinal);
    private ImportCounts counts;

    public ImportCounts Counts
    {
        get
        {
            lock (gate)
            {
                return counts;
            }
        }
    }

    /// <summary>By tenant, in the order of their names.</summary>
    public IReadOnlyList<(string Tenant, TenantCounts Counts)> Tenants
    {
        get
        {
            lock (gate)
            {
                return tenants.Select(static tenant => (tenant.Key, tenant.Value)).ToList();
            }
        }
    }

    public void Stored(ImportLine line, bool isReplay)
    {
        lock (gate)
        {
            counts = counts with
            {
                Lines = counts.Lines + 1,
                FileBytes = counts.FileBytes + line.FileBytes,
                Appended = counts.Appended + (isReplay ? 0 : 1),
                Replayed = counts.Replayed + (isReplay ? 1 : 0),
                Events = counts.Events + line.EventCount,
            };
            var tenant = tenants.GetValueOrDefault(line.Tenant.Value);
            tenants[line.Tenant.Value] = new TenantCounts(tenant.Lines + 1, tenant.Events + line.EventCount);
        }
    }

    public void Failed(long fileBytes)
    {
        lock (gate)
        {
            counts = counts with { Lines = counts.Lines + 1, FileBytes = counts.FileBytes + fileBytes, Failed = counts.Failed + 1 };
        }
    }

    public void NotAttempted(long fileBytes)
    {
        lock (gate)
        {
            counts = counts with { Lines = counts.Lines + 1, FileBytes = counts.FileBytes + fileBytes, NotAttempted = counts.NotAttempted + 1 };
        }
    }

    /// <summary>A line that holds nothing: no line of the import, but part of the file.</summary>
    public void Blank(long fileBytes)
    {
        lock (gate)
        {
            counts = counts with { FileBytes = counts.FileBytes + fileBytes };
        }
    }
}

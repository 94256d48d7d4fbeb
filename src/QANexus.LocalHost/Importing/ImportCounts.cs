namespace QANexus.LocalHost.Importing;

/// <summary>How far an import is.</summary>
/// <param name="Lines">Lines settled one way or another.</param>
/// <param name="FileBytes">How much of the file these are.</param>
/// <param name="Appended">Lines stored now.</param>
/// <param name="Replayed">Lines that had been stored before.</param>
/// <param name="Failed">Lines that the file or the server is to blame for.</param>
/// <param name="NotAttempted">Lines left alone because one before them failed, or because the import was broken off.</param>
/// <param name="Events">Events of the lines appended or replayed.</param>
internal readonly record struct ImportCounts(
    long Lines, long FileBytes, long Appended, long Replayed, long Failed, long NotAttempted, long Events);

/// <summary>What of an import belongs to one tenant.</summary>
/// <param name="Lines">Lines appended or replayed.</param>
/// <param name="Events">Their events.</param>
internal readonly record struct TenantCounts(long Lines, long Events);

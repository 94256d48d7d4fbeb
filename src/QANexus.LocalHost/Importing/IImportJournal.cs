namespace QANexus.LocalHost.Importing;

/// <summary>Told of what goes wrong, line by line, as it happens.</summary>
internal interface IImportJournal
{
    void LineFailed(long line, string reason);

    void LineNotAttempted(long line, string reason);
}

namespace QANexus.Domain.TestReports;

/// <summary>A file that is no test report, or not a whole one.</summary>
public sealed class TestReportException(string problem, int line, int column, Exception? innerException = null)
    : Exception($"Line {line}, column {column}: {problem}", innerException)
{
    /// <summary>What is wrong, without the place.</summary>
    public string Problem { get; } = problem;

    /// <summary>From 1; 1 where nothing could be read.</summary>
    public int Line { get; } = line;

    /// <summary>From 1; 1 where nothing could be read.</summary>
    public int Column { get; } = column;
}

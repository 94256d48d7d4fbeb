using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace QANexus.Api.Tests.Hosting;

/// <summary>Everything that was logged.</summary>
internal sealed class RecordedLogs : ILoggerProvider
{
    public ConcurrentQueue<RecordedLog> Entries { get; } = new();

    public IEnumerable<RecordedLog> OfApi => Entries.Where(static entry => entry.Category.StartsWith("QANexus.", StringComparison.Ordinal));

    public ILogger CreateLogger(string categoryName) => new Recorder(categoryName, Entries);

    public void Dispose()
    {
    }

    private sealed class Recorder(string category, ConcurrentQueue<RecordedLog> entries) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            entries.Enqueue(new RecordedLog(category, logLevel, eventId.Id, formatter(state, exception), exception));
    }
}

/// <summary>One log entry.</summary>
internal sealed record RecordedLog(string Category, LogLevel Level, int EventId, string Message, Exception? Exception);

using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace QANexus.LocalHost.Tests.Functions;

/// <summary>Keeps what is logged.</summary>
internal sealed class ListLogger : ILoggerProvider, ILogger
{
    private readonly ConcurrentQueue<(int Id, LogLevel Level, string Message)> entries = new();

    /// <summary>The id of a message that cannot be written the first time, as one whose exception has no text: the SDK's may throw when they are asked for it.</summary>
    public int? Unwritable { get; set; }

    public int CountOf(int id) => entries.Count(entry => entry.Id == id);

    public IEnumerable<string> MessagesFrom(LogLevel level) => entries.Where(entry => entry.Level >= level).Select(static entry => entry.Message);

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (eventId.Id == Unwritable)
        {
            Unwritable = null;
            throw new InvalidOperationException("It cannot be written.");
        }

        entries.Enqueue((eventId.Id, logLevel, formatter(state, exception)));
    }

    public void Dispose()
    {
        // Nothing is held.
    }
}

using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace QANexus.EventStore.Cosmos.Tests.Fixture;

/// <summary>What was logged: the level, the id and the text of every message.</summary>
public sealed class RecordedLogs
{
    private readonly ConcurrentQueue<(LogLevel Level, int Id, string Text)> messages = new();

    public IReadOnlyCollection<(LogLevel Level, int Id, string Text)> Messages => messages;

    public void Add(LogLevel level, int id, string text) => messages.Enqueue((level, id, text));

    public void Clear() => messages.Clear();
}

/// <summary>Any logger of a process that records.</summary>
public sealed class RecordingLogger<T>(RecordedLogs logs) : ILogger<T>
{
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        logs.Add(logLevel, eventId.Id, formatter(state, exception));
}

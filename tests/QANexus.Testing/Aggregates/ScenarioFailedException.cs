namespace QANexus.Testing.Aggregates;

/// <summary>An aggregate did not decide as its test says; the message shows both.</summary>
public sealed class ScenarioFailedException(string message) : Exception(message);

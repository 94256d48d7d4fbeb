namespace QANexus.Testing.OpenApi;

/// <summary>A JSON value is not as its schema says; the message says where and how.</summary>
public sealed class SchemaViolationException(string message) : Exception(message);

namespace QANexus.EventStore.Schemas;

/// <summary>Understands JSON Schema, draft 2020-12.</summary>
public interface IEventSchemaCompiler
{
    /// <summary>Prepares a schema. It never fetches anything: what it refers to must be inside it.</summary>
    /// <exception cref="FormatException">The text is not a JSON Schema, or refers to something outside; the message says what.</exception>
    IEventSchema Compile(string schema);
}

using System.Text.Json;
using System.Text.Json.Serialization;

namespace QANexus.Benchmarks.Comparison;

/// <summary>The events that both stores are given. Both serialise them when they append, and both deserialise them when they read.</summary>
internal interface IComparedEvent;

/// <summary>The usual event of the synthetic rows, about 200 B of JSON.</summary>
internal sealed record ScoreChanged(int Score, string Text) : IComparedEvent;

/// <summary>The one of five that is looked for.</summary>
internal sealed record ScoreApproved(int Score, string Text) : IComparedEvent;

/// <summary>Of the history.</summary>
internal sealed record FileChanged(string Path, int Added, int Removed) : IComparedEvent;

/// <summary>Of the history.</summary>
internal sealed record ComponentChanged(string Revision, string Summary, int Files, int Added, int Removed) : IComparedEvent;

/// <summary>Of the history.</summary>
internal sealed record ChangeMerged(string Revision, string Summary, IReadOnlyList<string> Components) : IComparedEvent;

/// <summary>The view that both keep: what there is of a stream.</summary>
/// <param name="Id">Which stream.</param>
/// <param name="Events">How many events it has.</param>
/// <param name="Lines">Lines added to its files.</param>
internal sealed record StreamSummary(string Id, int Events, long Lines)
{
    public StreamSummary With(object data) => this with { Events = Events + 1, Lines = Lines + (data is FileChanged file ? file.Added : 0) };
}

/// <summary>Names and JSON of the events.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ScoreChanged))]
[JsonSerializable(typeof(ScoreApproved))]
[JsonSerializable(typeof(FileChanged))]
[JsonSerializable(typeof(ComponentChanged))]
[JsonSerializable(typeof(ChangeMerged))]
[JsonSerializable(typeof(StreamSummary))]
internal sealed partial class ComparedJson : JsonSerializerContext
{
    public static IReadOnlyDictionary<string, Type> Types { get; } =
        new[] { typeof(ScoreChanged), typeof(ScoreApproved), typeof(FileChanged), typeof(ComponentChanged), typeof(ChangeMerged) }
            .ToDictionary(static type => type.Name, StringComparer.Ordinal);

    public static IComparedEvent Read(string type, ReadOnlySpan<byte> json) => (IComparedEvent)JsonSerializer.Deserialize(json, Default.GetTypeInfo(Types[type])!)!;

    public static byte[] Write(IComparedEvent e) => JsonSerializer.SerializeToUtf8Bytes(e, Default.GetTypeInfo(e.GetType())!);
}

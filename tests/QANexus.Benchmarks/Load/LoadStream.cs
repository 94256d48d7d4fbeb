using System.Net.Http.Headers;

namespace QANexus.Benchmarks.Load;

/// <summary>A stream that is written to, and where it was last seen to end.</summary>
/// <param name="path">Its events, relative to the host.</param>
internal sealed class LoadStream(string path)
{
    private EntityTagHeaderValue? position;

    /// <summary>Where it ends; null where it was not written to yet.</summary>
    public EntityTagHeaderValue? Position
    {
        get => Volatile.Read(ref position);
        set => Volatile.Write(ref position, value);
    }

    public Uri Events { get; } = new(path, UriKind.Relative);

    public Uri NewestEvents { get; } = new($"{path}?direction=backward&maxCount=100", UriKind.Relative);
}

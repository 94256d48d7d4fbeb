namespace QANexus.Benchmarks.Comparison;

/// <summary>One of the two stores, by what a user does with it.</summary>
internal interface IComparedStore : IAsyncDisposable
{
    string Name { get; }

    /// <summary>Appends at a version that is known, 0 for a new stream, and fails if the stream is elsewhere.</summary>
    Task AppendAsync(string tenant, string stream, long version, IReadOnlyList<IComparedEvent> events);

    /// <summary>Reads a whole stream.</summary>
    /// <returns>How many events it has.</returns>
    Task<int> ReadAsync(string tenant, string stream);

    /// <summary>Reads the first 200 events of a type over all streams of a tenant, oldest first.</summary>
    /// <returns>How many there were.</returns>
    Task<int> QueryAsync<TEvent>(string tenant)
        where TEvent : class, IComparedEvent;

    /// <summary>Brings the view of streams up to date with everything that was appended, from nothing.</summary>
    Task ProjectAsync(IReadOnlyCollection<string> tenants);

    /// <summary>How many events the view has counted in a tenant, to see that both did the same.</summary>
    Task<long> CountProjectedAsync(string tenant);
}

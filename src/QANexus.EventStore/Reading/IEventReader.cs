using QANexus.EventStore.Failures;
using QANexus.EventStore.Streams;

namespace QANexus.EventStore.Reading;

/// <summary>Reads the streams of one tenant. A stream without events is empty, never an error.</summary>
/// <remarks>
/// A read sees every write of its own process and may lag behind other processes' by the replication of a Cosmos DB region, unless
/// <see cref="StreamReadOptions.AtLeast"/> names their position.
/// </remarks>
public interface IEventReader
{
    /// <summary>Reads one page of a stream.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its range.</exception>
    /// <exception cref="UpcastingFailedException">An upcasting step failed.</exception>
    /// <exception cref="UnknownSchemaVersionException">An event is of a newer version than this build knows.</exception>
    /// <exception cref="CorruptStreamException">Commit numbers have a gap, or a document cannot be read.</exception>
    /// <exception cref="StoreThrottledException">No request units are left.</exception>
    /// <exception cref="StoreUnavailableException">The store did not answer, or has not reached the position asked for in time.</exception>
    Task<StreamSlice> ReadAsync(StreamId stream, StreamReadOptions options, CancellationToken cancellationToken);

    /// <summary>
    /// Reads, in the latest form, what came after a position that is known: one point read of 1 RU where nothing has. This is how a cached state is kept current.
    /// </summary>
    /// <param name="stream">The stream.</param>
    /// <param name="known">A position that the store returned; <see cref="StreamPosition.Start"/> reads the whole stream.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <returns>Every event after <paramref name="known"/>, in order, however many: never a next page.</returns>
    /// <exception cref="UpcastingFailedException">An upcasting step failed.</exception>
    /// <exception cref="UnknownSchemaVersionException">An event is of a newer version than this build knows.</exception>
    /// <exception cref="CorruptStreamException">Commit numbers have a gap, or a document cannot be read.</exception>
    /// <exception cref="StoreThrottledException">No request units are left.</exception>
    /// <exception cref="StoreUnavailableException">The store did not answer.</exception>
    Task<StreamSlice> ReadAfterAsync(StreamId stream, StreamPosition known, CancellationToken cancellationToken);
}

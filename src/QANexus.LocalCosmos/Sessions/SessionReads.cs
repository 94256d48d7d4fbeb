using QANexus.LocalCosmos.Accounts;
using QANexus.LocalCosmos.Containers;
using QANexus.LocalCosmos.Faults;
using QANexus.LocalCosmos.Gateway;
using QANexus.LocalCosmos.Partitioning;
using QANexus.LocalCosmos.Routing;
using QANexus.LocalCosmos.Storage;

namespace QANexus.LocalCosmos.Sessions;

/// <summary>Reads that are as current as their session token demands. Without a lagging replica every read is current.</summary>
internal sealed class SessionReads(AccountData account, FaultRules faults)
{
    /// <exception cref="RequestRefusedException">404/1002: no state that current exists, as after a reset of the data.</exception>
    public SessionRead<T> Read<T>(DataRequest data, PartitionKeyRange range, Func<StoreConnection, T> work)
    {
        var demanded = SessionToken.Demanded(data.Header(CosmosHeaders.SessionToken), range);
        SessionRead<T>? Attempt(StoreConnection connection) =>
            RangePosition.TryRead(connection, data.Container.Number, range.Id) is { } lsn && lsn >= demanded
                ? new SessionRead<T>(work(connection), lsn)
                : null;

        return faults.FindReplica(data.Route.Kind, data.Container)?.Read(Attempt)
            ?? account.Store.Read(Attempt)
            ?? throw Refuse(data.Container, range);
    }

    private RequestRefusedException Refuse(Container container, PartitionKeyRange range)
    {
        // A range that is gone since the request came in takes its container's or its children's answer.
        if (account.Current(container).FindRange(range.Name) is null)
            return ScopedRanges.Gone(range.Name);
        return RequestRefusedException.NotFound(
            "The read session is not available for the input session token.", SubStatusCodes.ReadSessionNotAvailable);
    }
}

/// <summary>What a read found, and the LSN of the range it was served by, in one state of the store.</summary>
internal sealed record SessionRead<T>(T Result, long Lsn);

namespace QANexus.LocalCosmos.Storage;

/// <summary>A write in the queue.</summary>
internal abstract class PendingWrite(int size, bool isAlone)
{
    public int Size { get; } = size;

    /// <summary>Whether it gets a transaction of its own.</summary>
    public bool IsAlone { get; } = isAlone;

    /// <summary>Runs inside the transaction. A failure is kept for <see cref="Complete"/>, its effects are undone.</summary>
    public abstract void Execute(StoreConnection connection);

    /// <summary>Its transaction is durable.</summary>
    public abstract void Complete();

    /// <summary>Its transaction is not durable, whatever the write itself did.</summary>
    public abstract void Fail(Exception reason);
}

internal sealed class PendingWrite<T>(int size, bool isAlone, Func<StoreConnection, T> work, Action<T>? committed) : PendingWrite(size, isAlone)
{
    // The writer must not run its callers' code.
    private readonly TaskCompletionSource<T> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Exception? _failure;
    private T _result = default!;

    public Task<T> Task => _completion.Task;

    public override void Execute(StoreConnection connection)
    {
        using var savepoint = connection.BeginSavepoint();
        try
        {
            _result = work(connection);
            savepoint.Keep();
        }
        catch (Exception failure)
        {
            _failure = failure;
        }
    }

    public override void Complete()
    {
        if (_failure is not null)
        {
            _completion.SetException(_failure);
            return;
        }

        committed?.Invoke(_result);
        _completion.SetResult(_result);
    }

    public override void Fail(Exception reason) => _completion.TrySetException(reason);
}

using System.Buffers.Binary;
using System.IO.Hashing;
using Microsoft.Win32.SafeHandles;

namespace QANexus.LocalCosmos.Storage;

/// <summary>
/// A small file that says up to which commit writes have been acknowledged. SQLite takes a log that was cut or changed for one that a crash has torn
/// and goes on with what lies before the tear; that the store is then behind its mark is how such damage is told from a crash. The mark is written
/// after the commit is durable and before the writes are answered, so it is never ahead of an honest store. It is synced when the store closes and not with
/// every commit: it outlives the process, and a power failure can only leave it behind.
/// </summary>
internal sealed class AcknowledgedMark : IDisposable
{
    private const int Length = 24;

    private static ReadOnlySpan<byte> Magic => "QNXCMARK"u8;

    private readonly SafeFileHandle _file;

    private AcknowledgedMark(string path, SafeFileHandle file, long? commit)
    {
        Path = path;
        Commit = commit;
        _file = file;
    }

    public string Path { get; }

    /// <summary>The last commit that was acknowledged, as it was found; null where the file was missing or empty.</summary>
    public long? Commit { get; }

    /// <exception cref="StoreException">The file is damaged.</exception>
    public static AcknowledgedMark Open(string path)
    {
        var file = File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.ReadWrite);
        try
        {
            return new AcknowledgedMark(path, file, Read(path, file));
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    public void Write(long commit)
    {
        Span<byte> mark = stackalloc byte[Length];
        Magic.CopyTo(mark);
        BinaryPrimitives.WriteInt64LittleEndian(mark[8..], commit);
        XxHash3.Hash(mark[..16], mark[16..]);
        RandomAccess.Write(_file, mark, 0);
    }

    public void Flush() => RandomAccess.FlushToDisk(_file);

    public void Dispose() => _file.Dispose();

    private static long? Read(string path, SafeFileHandle file)
    {
        // Longer by one, to see that it ends there.
        Span<byte> mark = stackalloc byte[Length + 1];
        var length = RandomAccess.Read(file, mark, 0);
        if (length == 0)
            return null;
        Span<byte> hash = stackalloc byte[8];
        if (length == Length)
            XxHash3.Hash(mark[..16], hash);
        return length == Length && mark.StartsWith(Magic) && hash.SequenceEqual(mark[16..Length])
            ? BinaryPrimitives.ReadInt64LittleEndian(mark[8..])
            : throw new StoreException($"'{path}' is damaged: it no longer tells which writes were acknowledged.");
    }
}

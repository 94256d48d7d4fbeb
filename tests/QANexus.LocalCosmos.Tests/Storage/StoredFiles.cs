namespace QANexus.LocalCosmos.Tests.Storage;

/// <summary>The files of a store, to be damaged and put somewhere else.</summary>
internal sealed record StoredFiles(byte[] Database, byte[] Log, byte[] Mark)
{
    public static string DatabaseIn(string directory) => Path.Combine(directory, "cosmos.db");

    public static string LogIn(string directory) => DatabaseIn(directory) + "-wal";

    public static string MarkIn(string directory) => Path.Combine(directory, "acknowledged");

    /// <summary>The files as a process that is killed now would leave them.</summary>
    public static StoredFiles Read(string directory) =>
        new(File.ReadAllBytes(DatabaseIn(directory)), ReadIfThere(LogIn(directory)), File.ReadAllBytes(MarkIn(directory)));

    public void WriteTo(string directory)
    {
        File.WriteAllBytes(DatabaseIn(directory), Database);
        File.WriteAllBytes(MarkIn(directory), Mark);
        if (Log.Length > 0)
            File.WriteAllBytes(LogIn(directory), Log);
    }

    public bool Equal(StoredFiles other) =>
        Database.AsSpan().SequenceEqual(other.Database) && Log.AsSpan().SequenceEqual(other.Log) && Mark.AsSpan().SequenceEqual(other.Mark);

    public static byte[] Changed(byte[] bytes, int place, int change)
    {
        var changed = (byte[])bytes.Clone();
        changed[place] ^= (byte)change;
        return changed;
    }

    // The store has it open for writing, which the whole-file calls would refuse on some systems.
    private static byte[] ReadIfThere(string file)
    {
        if (!File.Exists(file))
            return [];
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}

using Microsoft.Data.Sqlite;

namespace QANexus.LocalCosmos.Storage;

/// <summary>
/// That a file has the tables and indexes of <see cref="Schema"/>, to the letter. SQLite keeps them as text within the file and believes whatever it can
/// parse: a changed byte there renames a column, or gives it another order, without any damage that SQLite would notice.
/// </summary>
internal static class SchemaCheck
{
    /// <returns>What is wrong; null if nothing is.</returns>
    public static string? Find(StoreConnection store)
    {
        var actual = Read(store);
        using var pattern = StoreConnection.Open(":memory:", SqliteOpenMode.Memory);
        Schema.Create(pattern);
        // Without the tables that every store has, the containers cannot be listed.
        if (Missing(Read(pattern), actual) is { } missing)
            return missing;
        var containers = Containers(store);
        foreach (var container in containers)
            Schema.CreateContainer(pattern, container);
        var required = Read(pattern);
        foreach (var container in containers)
            Schema.IndexExpiry(pattern, container, defaultTimeToLive: 1);
        var allowed = Read(pattern);
        return Missing(required, actual) ?? (actual.Except(allowed).Order(StringComparer.Ordinal).FirstOrDefault() is { } foreign ? $"it has '{foreign}'" : null);
    }

    private static string? Missing(HashSet<string> required, HashSet<string> actual) =>
        required.Except(actual).Order(StringComparer.Ordinal).FirstOrDefault() is { } missing ? $"it lacks '{missing}'" : null;

    private static List<long> Containers(StoreConnection store)
    {
        using var rows = store.Prepare("SELECT number FROM containers");
        var numbers = new List<long>();
        while (rows.Step())
            numbers.Add(rows.Integer(0));
        return numbers;
    }

    // The indexes that SQLite makes of its own accord have no text.
    private static HashSet<string> Read(StoreConnection connection)
    {
        using var rows = connection.Prepare("SELECT type || ' ' || name || ' of ' || tbl_name || ': ' || coalesce(sql, '') FROM sqlite_schema");
        var entries = new HashSet<string>(StringComparer.Ordinal);
        while (rows.Step())
            entries.Add(rows.Text(0));
        return entries;
    }
}

#pragma warning disable
using System.Text.Json;
namespace QANexus.LocalCosmos.Sql;
internal sealed class SqlException(string code, string message, int start = 0, int end = 0) : Exception(message) { public string Code => code; public int Start => start; public int End => end; }
internal sealed class SqlQuery { public static SqlQuery Parse(string text) => new(); }
internal readonly record struct SourceDocument(ulong Number, string Id, string Rid, ReadOnlyMemory<byte> Body);
internal enum ScanOrder { Number, IdAscending, IdDescending }
internal sealed record ScanRequest { public ScanOrder Order {get;init;} public ulong AfterNumber{get;init;} public IReadOnlyCollection<string>? Ids{get;init;} public string? FromId{get;init;} public bool FromInclusive{get;init;} public string? ToId{get;init;} public bool ToInclusive{get;init;} }
internal interface IDocumentSource { bool IsSingleLogicalPartition { get; } IEnumerable<SourceDocument> Scan(ScanRequest request); }
internal sealed record QueryRequest(SqlQuery Query, JsonElement? Parameters, int MaxItems, string? Continuation, JsonElement? ResumeFilter) { public TimeProvider Clock { get; init; } }
internal sealed record QueryPage(ReadOnlyMemory<byte> Documents, int Count, string? Continuation, int LoadedDocuments, long LoadedBytes);
internal static class QueryExecution { public static QueryPage Execute(QueryRequest request, IDocumentSource source, Func<string, bool> isIndexed) => new("[]"u8.ToArray(),0,null,0,0); }
internal static class QueryPlanner { public static void Plan(SqlQuery q, JsonElement? p, Utf8JsonWriter w) {} }
internal sealed class SqlPredicate { public static SqlPredicate Parse(string s) => new(); public bool Matches(ReadOnlyMemory<byte> body) => true; }

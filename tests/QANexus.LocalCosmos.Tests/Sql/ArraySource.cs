using System.Text;
using System.Text.Json;
using QANexus.LocalCosmos.Sql;

namespace QANexus.LocalCosmos.Tests.Sql;

/// <summary>Documents in memory, with a record of what a query read of them.</summary>
internal sealed class ArraySource : IDocumentSource
{
    private readonly SortedList<ulong, SourceDocument> documents = [];

    public ArraySource(params IEnumerable<string> bodies)
    {
        foreach (string body in bodies)
            Add(body);
    }

    public bool IsSingleLogicalPartition { get; init; }

    public List<ScanRequest> Scans { get; } = [];

    /// <summary>The ids of the documents that queries took, in that order.</summary>
    public List<string> Taken { get; } = [];

    public static string RidOf(ulong number)
    {
        Span<byte> bytes = stackalloc byte[16];
        bytes[4] = 0x80;
        BitConverter.TryWriteBytes(bytes[8..], number);
        return Convert.ToBase64String(bytes).Replace('/', '-');
    }

    public void Add(string body) => Insert((documents.Count == 0 ? 0 : documents.Keys[^1]) + 10, body);

    public void Insert(ulong number, string body)
    {
        string rid = RidOf(number);
        using var json = JsonDocument.Parse(body);
        string id = json.RootElement.TryGetProperty("id", out var given) ? given.GetString()! : $"d{number:0000}";
        string whole = given.ValueKind == JsonValueKind.Undefined
            ? $$"""{{{body.Trim()[1..^1]}}{{(body.Contains(':', StringComparison.Ordinal) ? "," : "")}}"id":"{{id}}","_rid":"{{rid}}"}"""
            : $$"""{{{body.Trim()[1..^1]}},"_rid":"{{rid}}"}""";
        documents.Add(number, new SourceDocument(number, id, rid, Encoding.UTF8.GetBytes(whole)));
    }

    public void Remove(ulong number) => documents.Remove(number);

    public IEnumerable<SourceDocument> Scan(ScanRequest request)
    {
        Scans.Add(request);
        var found = documents.Values.Where(document => document.Number > request.AfterNumber && IsWithin(document, request));
        found = request.Order switch
        {
            ScanOrder.IdAscending => found.OrderBy(static document => document.Id, Utf8Order.Instance),
            ScanOrder.IdDescending => found.OrderByDescending(static document => document.Id, Utf8Order.Instance),
            _ => found,
        };
        foreach (var document in found.ToList())
        {
            Taken.Add(document.Id);
            yield return document;
        }
    }

    private static bool IsWithin(SourceDocument document, ScanRequest request) =>
        request.Ids?.Contains(document.Id) != false &&
        (request.FromId is null || Utf8Order.Instance.Compare(document.Id, request.FromId) is var low && (low > 0 || (low == 0 && request.FromInclusive))) &&
        (request.ToId is null || Utf8Order.Instance.Compare(document.Id, request.ToId) is var high && (high < 0 || (high == 0 && request.ToInclusive)));

    private sealed class Utf8Order : IComparer<string>
    {
        public static Utf8Order Instance { get; } = new();

        public int Compare(string? x, string? y) => Encoding.UTF8.GetBytes(x!).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(y!));
    }
}

using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace QANexus.LocalCosmos.Tests.Sql;

/// <summary>
/// Microsoft's own parser, planner and evaluator of constant expressions, from the native library inside the SDK's package. The server never
/// uses it; the tests ask it what is right.
/// </summary>
internal sealed class QueryPlanLibrary
{
    private const string Configuration = """
        {"maxSqlQueryInputLength":262144,"maxJoinsPerSqlQuery":10,"maxLogicalAndPerSqlQuery":2000,"maxLogicalOrPerSqlQuery":2000,
        "maxUdfRefPerSqlQuery":10,"maxInExpressionItemsCount":16000,"queryMaxInMemorySortDocumentCount":500,"maxQueryRequestTimeoutFraction":0.9,
        "sqlAllowNonFiniteNumbers":false,"sqlAllowAggregateFunctions":true,"sqlAllowSubQuery":true,"sqlAllowScalarSubQuery":true,
        "allowNewKeywords":true,"sqlAllowLike":true,"sqlAllowGroupByClause":true,"maxSpatialQueryCells":12,"spatialMaxGeometryPointCount":256,
        "sqlDisableQueryILOptimization":false,"sqlDisableFilterPlanOptimization":false,"sqlAllowTop":true,"enableSpatialIndexing":true}
        """;

    private static readonly string Path = System.IO.Path.Combine(
        AppContext.BaseDirectory,
        "runtimes",
        RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? "linux-arm64" : "linux-x64",
        "native",
        "libQueryPlanInterop.so");

    private static readonly Lazy<QueryPlanLibrary> Loaded = new(static () => new QueryPlanLibrary());

    private readonly nint provider;
    private readonly PlanFunction plan;

    private QueryPlanLibrary()
    {
        nint library = NativeLibrary.Load(Path);
        var create = Marshal.GetDelegateForFunctionPointer<CreateFunction>(NativeLibrary.GetExport(library, "CreateServiceProvider"));
        Assert.Equal(0, create(Encoding.UTF8.GetBytes(Configuration + '\0'), out provider));
        plan = Marshal.GetDelegateForFunctionPointer<PlanFunction>(NativeLibrary.GetExport(library, "GetPartitionKeyRangesFromQuery4"));
    }

    private delegate int CreateFunction(byte[] configuration, out nint provider);

    private delegate int PlanFunction(
        nint provider, byte[] query, Options options, nint[] keyPaths, uint[] keyPathLengths, uint keyCount, nint vectorPolicy, uint vectorPolicyLength,
        byte[] result, uint capacity, out uint length);

    public static bool IsAvailable => OperatingSystem.IsLinux() && File.Exists(Path);

    public static QueryPlanLibrary Instance => Loaded.Value;

    /// <summary>The <c>queryInfo</c> of the plan, or the library's error.</summary>
    public (JsonElement? Info, string? Error) Plan(string query, string parameters = "[]")
    {
        byte[] specification = Wide($$"""{"query":{{JsonSerializer.Serialize(query)}},"parameters":{{parameters}}}""");
        var key = GCHandle.Alloc(Wide("pk"), GCHandleType.Pinned);
        try
        {
            byte[] result = new byte[1 << 20];
            var options = new Options { RequireFormattableOrderBy = 1, AllowNonValueAggregate = 1, AllowDistinctCount = 1 };
            int status = plan(provider, specification, options, [key.AddrOfPinnedObject()], [1], 1, 0, 0, result, (uint)result.Length, out uint length);
            string text = Encoding.UTF8.GetString(result, 0, (int)length);
            return status == 0 ? (JsonElement.Parse(text).GetProperty("queryInfo"), null) : (null, text);
        }
        finally
        {
            key.Free();
        }
    }

    /// <summary>
    /// Whether a constant expression is true. The library works constants out while planning, and leaves nothing of a query whose condition
    /// can never be true.
    /// </summary>
    public bool IsTrue(string expression)
    {
        var (info, error) = Plan($"SELECT * FROM c WHERE ({expression}) ORDER BY c.x");
        Assert.Null(error);
        return info!.Value.GetProperty("orderBy").GetArrayLength() > 0;
    }

    private static byte[] Wide(string text) => Encoding.UTF32.GetBytes(text + '\0');

    [StructLayout(LayoutKind.Sequential, Size = 64)]
    private struct Options
    {
        public int RequireFormattableOrderBy;
        public int IsContinuationExpected;
        public int AllowNonValueAggregate;
        public int HasLogicalPartitionKey;
        public int AllowDistinctCount;
    }
}

/// <summary>A theory that needs the library; skipped where the SDK's package has none.</summary>
public sealed class LibraryTheoryAttribute : TheoryAttribute
{
    public LibraryTheoryAttribute() => Skip = QueryPlanLibrary.IsAvailable ? null : "The SDK's package has no query-plan library for this platform.";
}

/// <summary>A fact that needs the library; skipped where the SDK's package has none.</summary>
public sealed class LibraryFactAttribute : FactAttribute
{
    public LibraryFactAttribute() => Skip = QueryPlanLibrary.IsAvailable ? null : "The SDK's package has no query-plan library for this platform.";
}

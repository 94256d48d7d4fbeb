using System.Reflection;

namespace QANexus.LocalCosmos.Tests.ResourceIds;

/// <summary>The SDK's own, internal parser of resource ids, as oracle.</summary>
internal sealed record SdkResourceId(string DatabaseId, string DocumentCollectionId, ulong Document, ulong PartitionKeyRange)
{
    private static readonly Type s_type = Type.GetType("Microsoft.Azure.Documents.ResourceId, Microsoft.Azure.Cosmos.Direct", throwOnError: true)!;
    private static readonly MethodInfo s_parse = s_type.GetMethod("Parse", BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic, [typeof(string)])!;

    public static SdkResourceId Parse(string text)
    {
        var id = s_parse.Invoke(null, [text])!;
        return new SdkResourceId(
            Read(id, "DatabaseId").ToString()!, Read(id, "DocumentCollectionId").ToString()!, (ulong)Read(id, "Document"), (ulong)Read(id, "PartitionKeyRange"));
    }

    private static object Read(object id, string property) =>
        s_type.GetProperty(property, BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)!.GetValue(id)!;
}

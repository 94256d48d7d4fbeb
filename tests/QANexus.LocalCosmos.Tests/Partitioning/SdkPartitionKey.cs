using System.Collections;
using System.Reflection;

namespace QANexus.LocalCosmos.Tests.Partitioning;

/// <summary>The SDK's own, internal hash of partition keys, as oracle.</summary>
internal static class SdkPartitionKey
{
    private const BindingFlags Everything = BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;

    private static readonly Assembly s_direct = Assembly.Load("Microsoft.Azure.Cosmos.Direct");
    private static readonly Type s_key = s_direct.GetType("Microsoft.Azure.Documents.Routing.PartitionKeyInternal", throwOnError: true)!;
    private static readonly Type s_definition = s_direct.GetType("Microsoft.Azure.Documents.PartitionKeyDefinition", throwOnError: true)!;
    private static readonly MethodInfo s_fromJson = s_key.GetMethod("FromJsonString", Everything)!;

    private static readonly MethodInfo s_hash = s_key.GetMethods(Everything)
        .Single(m => m.Name == "GetEffectivePartitionKeyString" && m.GetParameters() is [var first, ..] && first.ParameterType == s_definition);

    public static string Hash(string keyJson, string kind, int paths)
    {
        var definition = Activator.CreateInstance(s_definition)!;
        var kindProperty = s_definition.GetProperty("Kind", Everything)!;
        kindProperty.SetValue(definition, Enum.Parse(kindProperty.PropertyType, kind));
        var version = s_definition.GetProperty("Version", Everything)!;
        version.SetValue(definition, Enum.Parse(Nullable.GetUnderlyingType(version.PropertyType) ?? version.PropertyType, "V2"));
        var list = (IList)s_definition.GetProperty("Paths", Everything)!.GetValue(definition)!;
        for (var i = 0; i < paths; i++)
            list.Add($"/p{i}");
        var key = s_fromJson.Invoke(null, [keyJson]);
        object?[] arguments = [definition, .. s_hash.GetParameters().Skip(1).Select(p => p.DefaultValue)];
        return (string)s_hash.Invoke(key, arguments)!;
    }
}

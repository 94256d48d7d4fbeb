using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace QANexus.LocalHost.Functions.ChangeFeed;

/// <summary>
/// What the trigger hands to a function that asks for a string. It is not what is stored: the SDK has parsed the documents with Newtonsoft.Json,
/// which has made times of texts that look like times and doubles of numbers with a fraction, and the trigger prints what that left.
/// </summary>
internal static class DeliveredText
{
    /// <summary>The same calls as the trigger's, in the same order.</summary>
    public static string Of(IReadOnlyCollection<JObject> documents) => JArray.FromObject(documents).ToString(Formatting.None);
}

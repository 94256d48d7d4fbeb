using System.Globalization;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace QANexus.LocalHost.Functions.ChangeFeed;

/// <summary>
/// What the trigger hands to a function that asks for a string. It is not what is stored: the SDK has parsed the documents with Newtonsoft.Json,
/// which has made times of texts that look like times and doubles of numbers with a fraction, and the trigger prints what that left.
/// </summary>
internal static class DeliveredText
{
    /// <summary>
    /// The same text as the trigger's <c>JArray.FromObject(documents).ToString(Formatting.None)</c>, without its copy of every document, which of large
    /// pages is the dearest part.
    /// </summary>
    public static string Of(IReadOnlyCollection<JObject> documents)
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        using (var writer = new JsonTextWriter(text))
        {
            writer.WriteStartArray();
            foreach (var document in documents)
            {
                document.WriteTo(writer);
            }

            writer.WriteEndArray();
        }

        return text.ToString();
    }
}

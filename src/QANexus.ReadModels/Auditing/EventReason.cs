using System.Text.Json;

namespace QANexus.ReadModels.Auditing;

/// <summary>The reason that an event's data give, whatever its type: what happened is why it is looked for, so the data are not parsed into objects.</summary>
internal static class EventReason
{
    /// <summary>The text of the member <c>reason</c> of the outermost object, shortened; null where there is none that says something.</summary>
    /// <param name="data">One JSON object in UTF-8.</param>
    public static string? Find(ReadOnlySpan<byte> data)
    {
        var reader = new Utf8JsonReader(data, new JsonReaderOptions { MaxDepth = int.MaxValue });
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isReason = reader.ValueTextEquals("reason"u8);
            reader.Read();
            if (isReason)
            {
                return reader.TokenType == JsonTokenType.String && reader.GetString() is { } text && !string.IsNullOrWhiteSpace(text)
                    ? Shortened.To(text, AuditEntry.MaxReasonLength)
                    : null;
            }

            reader.Skip();
        }

        return null;
    }
}

using System.Text.Json;
using QANexus.LocalCosmos.Containers;
using QANexus.LocalCosmos.Indexing;
using QANexus.LocalCosmos.Storage;

namespace QANexus.LocalCosmos.Items;

/// <summary>What a stored document counts for when it goes or gives way to another.</summary>
internal sealed record StoredItem(IndexTerms Terms, IReadOnlyList<byte[]> UniqueKeys)
{
    public static StoredItem Of(Container container, DocumentRow row)
    {
        using var document = JsonDocument.Parse(ContentOf(row), Documents.JsonText.DocumentOptions);
        return new StoredItem(
            container.Definition.Indexing.CollectTerms(document.RootElement), UniqueKeyEntries.Of(container, document.RootElement));
    }

    /// <summary>The document as its client sent it: system properties are appended, so cutting them off gives it back.</summary>
    public static byte[] ContentOf(DocumentRow row)
    {
        var content = row.Body.AsSpan(0, row.Size).ToArray();
        content[^1] = (byte)'}';
        return content;
    }
}

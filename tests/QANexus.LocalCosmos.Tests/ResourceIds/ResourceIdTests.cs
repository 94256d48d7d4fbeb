using CsCheck;
using QANexus.LocalCosmos.ResourceIds;

namespace QANexus.LocalCosmos.Tests.ResourceIds;

public sealed class ResourceIdTests
{
    private const ulong LastDocument = 16UL * 124 * 124 * 124 * 124 * 124 * 124 * 124 - 1;

    private static readonly Gen<DatabaseRid> s_databases = Gen.UInt[0, (124 * 124 * 124 * 124) - 1].Select(n => new DatabaseRid(n));
    private static readonly Gen<ContainerRid> s_containers = Gen.Select(s_databases, Gen.UInt[0, (124 * 124 * 124) - 1], (d, n) => new ContainerRid(d, n));
    private static readonly Gen<ulong> s_documentNumbers = Gen.OneOf(Gen.ULong[0, LastDocument], Gen.ULong[0, 40_000]);

    [Fact]
    public void Every_id_parses_back_from_what_it_prints() =>
        Gen.Select(s_containers, s_documentNumbers).Sample((container, number) =>
        {
            var document = new DocumentRid(container, number);
            var range = new PartitionKeyRangeRid(container, number % (LastDocument / 16));
            Assert.True(DatabaseRid.TryParse(container.Database.ToString(), out var parsedDatabase));
            Assert.True(ContainerRid.TryParse(container.ToString(), out var parsedContainer));
            Assert.True(DocumentRid.TryParse(document.ToString(), out var parsedDocument));
            Assert.True(PartitionKeyRangeRid.TryParse(range.ToString(), out var parsedRange));
            Assert.Equal((container.Database, container, document, range), (parsedDatabase, parsedContainer, parsedDocument, parsedRange));
        });

    [Fact]
    public void No_id_needs_escaping_in_a_url() =>
        Gen.Select(s_containers, s_documentNumbers).Sample((container, number) =>
        {
            string[] ids =
            [
                container.Database.ToString(), container.ToString(), new DocumentRid(container, number).ToString(),
                new PartitionKeyRangeRid(container, number % (LastDocument / 16)).ToString(),
            ];
            Assert.All(ids, id => Assert.DoesNotContain(id, c => c is '+' or '/' or '-'));
        });

    [Fact]
    public void The_sdk_reads_the_ids_as_what_they_are_and_orders_documents_as_they_were_created() =>
        Gen.Select(s_containers, s_documentNumbers, s_documentNumbers).Sample(
            (container, first, second) =>
            {
                var left = SdkResourceId.Parse(new DocumentRid(container, first).ToString());
                var right = SdkResourceId.Parse(new DocumentRid(container, second).ToString());
                Assert.Equal(first.CompareTo(second), left.Document.CompareTo(right.Document));
                Assert.Equal(container.Database.ToString(), left.DatabaseId);
                Assert.Equal(container.ToString(), left.DocumentCollectionId);
                Assert.NotEqual(0UL, SdkResourceId.Parse(new PartitionKeyRangeRid(container, 7).ToString()).PartitionKeyRange);
            },
            iter: 200);

    [Fact]
    public void A_document_number_beyond_the_last_one_is_refused()
    {
        var container = new ContainerRid(new DatabaseRid(1), 1);

        Assert.EndsWith("==", new DocumentRid(container, LastDocument).ToString(), StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => new DocumentRid(container, LastDocument + 1).ToString());
    }

    [Fact]
    public void A_container_number_beyond_the_last_one_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new ContainerRid(new DatabaseRid(1), 124 * 124 * 124).ToString());

    [Theory]
    [InlineData("")]
    [InlineData("ev")]
    [InlineData("AQEBAQ")]
    [InlineData("AQEB*Q==")]
    [InlineData("AQEBAYAAAAE=AQEBAYAAAAE=")]
    public void Names_are_not_ids(string text)
    {
        Assert.False(DatabaseRid.TryParse(text, out _));
        Assert.False(ContainerRid.TryParse(text, out _));
        Assert.False(DocumentRid.TryParse(text, out _));
        Assert.False(PartitionKeyRangeRid.TryParse(text, out _));
    }

    [Fact]
    public void Any_text_parses_or_does_not_and_never_throws() =>
        Gen.String[Gen.Char.AlphaNumeric, 0, 30].Sample(text =>
        {
            var padded = text.PadRight(24, '=');
            _ = DatabaseRid.TryParse(text, out _) | ContainerRid.TryParse(padded[..12], out _) | DocumentRid.TryParse(padded, out _)
                | PartitionKeyRangeRid.TryParse(padded, out _);
        });
}

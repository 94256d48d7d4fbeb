using CsCheck;
using QANexus.LocalCosmos.Charging;

namespace QANexus.LocalCosmos.Tests.Charging;

public sealed class RequestChargeTests
{
    [Theory]
    [InlineData(0, 1.00)]
    [InlineData(1024, 1.00)]
    [InlineData(1536, 1.02)]
    [InlineData(2048, 1.04)]
    [InlineData(65536, 4.76)]
    [InlineData(2097152, 291.8)]
    public void A_point_read_costs_the_published_figures_and_lines_between(int bytes, double expected) =>
        Assert.Equal(expected, RequestCharge.PointRead(bytes), 6);

    [Theory]
    [InlineData(100, 7, 6.35)]
    [InlineData(1024, 0, 4.95)]
    [InlineData(8192, 10, 9.04)]
    [InlineData(12288, 0, 8.28)]
    public void A_create_costs_its_size_and_its_terms(int bytes, int terms, double expected) =>
        Assert.Equal(expected, RequestCharge.Create(bytes, terms), 6);

    [Fact]
    public void A_replace_costs_twice_its_size_and_its_changed_terms() => Assert.Equal(9.9 + 0.8, RequestCharge.Replace(500, 4), 6);

    [Fact]
    public void A_patch_costs_a_replace_and_its_modified_properties() => Assert.Equal(9.9 + 0.8 + 0.8, RequestCharge.Patch(500, 4, 2), 6);

    [Fact]
    public void A_delete_costs_its_size_and_its_terms() => Assert.Equal(4.95 + 0.6, RequestCharge.Delete(500, 3), 6);

    [Fact]
    public void A_refused_write_costs_its_size() => Assert.Equal(6.29, RequestCharge.RefusedWrite(2048), 6);

    [Fact]
    public void A_query_page_costs_a_base_its_documents_and_their_bytes() =>
        Assert.Equal(2.8 + (0.05 * 20) + 13, RequestCharge.QueryPage(20, 512 * 1024), 6);

    [Fact]
    public void A_feed_page_costs_the_point_reads_of_its_documents() => Assert.Equal(1.00 + 1.04 + 4.76, RequestCharge.FeedPage([10, 2048, 65536]), 6);

    [Fact]
    public void A_larger_document_never_costs_less() =>
        Gen.Select(Gen.Int[0, 2_200_000], Gen.Int[0, 10_000]).Sample((bytes, more) =>
        {
            Assert.True(RequestCharge.PointRead(bytes + more) >= RequestCharge.PointRead(bytes));
            Assert.True(RequestCharge.RefusedWrite(bytes + more) >= RequestCharge.RefusedWrite(bytes));
        });

    [Theory]
    [InlineData(1, "1")]
    [InlineData(2.8333, "2.83")]
    [InlineData(1250.5, "1250.5")]
    public void The_header_has_two_decimals_at_most(double charge, string expected) => Assert.Equal(expected, RequestCharge.Format(charge));
}

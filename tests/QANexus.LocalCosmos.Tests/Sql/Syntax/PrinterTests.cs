using CsCheck;
using QANexus.LocalCosmos.Sql.Syntax;

namespace QANexus.LocalCosmos.Tests.Sql.Syntax;

public sealed class PrinterTests
{
    [Fact]
    public void What_is_printed_parses_to_the_same_query() => GeneratedQueries.Queries.Sample(static text =>
    {
        var query = Parser.ParseQuery(text);
        return Parser.ParseQuery(Printer.Print(query)).Equals(query);
    });

    [Fact]
    public void A_different_query_is_not_equal()
    {
        var query = Parser.ParseQuery("SELECT c.a FROM c WHERE c.b IN (1, 2)");
        Assert.NotEqual(query, Parser.ParseQuery("SELECT c.a FROM c WHERE c.b IN (1, 3)"));
        Assert.Equal(query, Parser.ParseQuery("select c.a\nFROM c  where ((c.b) in (1,2))"));
    }

    [Theory]
    [InlineData("c.a + c.b * c.d", "(c.a + (c.b * c.d))")]
    [InlineData("NOT c.a = 1", "((NOT c.a) = 1)")]
    [InlineData("c.a OR c.b AND c.d", "(c.a OR (c.b AND c.d))")]
    [InlineData("c.a -1", "(c.a - 1)")]
    [InlineData("-1 + c.a", "(-1 + c.a)")]
    [InlineData("c.a ?? c.b ? 1 : 2", "((c.a ?? c.b) ? 1 : 2)")]
    [InlineData("c.a << 1 + 2", "(c.a << (1 + 2))")]
    [InlineData("c.a = c.b << 1", "((c.a = c.b) << 1)")]
    public void Operators_bind_as_in_the_service(string expression, string printed)
    {
        var query = Parser.ParseQuery($"SELECT VALUE {expression} FROM c");
        Assert.Equal($"SELECT VALUE {printed}\nFROM c", Printer.Print(query));
    }
}

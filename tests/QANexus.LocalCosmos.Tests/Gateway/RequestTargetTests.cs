using QANexus.LocalCosmos.Gateway;

namespace QANexus.LocalCosmos.Tests.Gateway;

public sealed class RequestTargetTests
{
    [Theory]
    [InlineData("/", "", "")]
    [InlineData("", "", "")]
    [InlineData("*", "*", "")]
    [InlineData("/dbs/db/colls/ev", "dbs|db|colls|ev", "")]
    [InlineData("//addresses/?$resolveFor=dbs", "addresses", "$resolveFor=dbs")]
    [InlineData("/dbs/a%20b/colls/x%2Fy", "dbs|a b|colls|x/y", "")]
    [InlineData("/dbs/%C3%A4", "dbs|ä", "")]
    [InlineData("/dbs/a+b;c,d=e&f(g)", "dbs|a+b;c,d=e&f(g)", "")]
    [InlineData("/dbs/100%/%zz/%C3", "dbs|100%|%zz|%C3", "")]
    [InlineData("/dbs//colls", "dbs||colls", "")]
    [InlineData("http://host:8081/dbs/db?a=b", "dbs|db", "a=b")]
    [InlineData("http://host", "", "")]
    [InlineData("http://host?a", "", "a")]
    public void Splits_first_and_decodes_after(string raw, string segments, string query)
    {
        var target = RequestTarget.Parse(raw);

        Assert.Equal(segments, string.Join('|', target.Segments));
        Assert.Equal(query, target.Query);
    }
}

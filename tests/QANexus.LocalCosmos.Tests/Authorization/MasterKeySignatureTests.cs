using QANexus.LocalCosmos.Authorization;

namespace QANexus.LocalCosmos.Tests.Authorization;

public sealed class MasterKeySignatureTests
{
    private readonly MasterKeySignature _signature = new(WellKnownKey.Value);

    [Theory]
    [InlineData("GET", "", "get\n\n\n")]
    [InlineData("POST", "dbs", "post\ndbs\n\n")]
    [InlineData("GET", "dbs/Db", "get\ndbs\ndbs/Db\n")]
    [InlineData("POST", "dbs/Db/colls/Ev/docs", "post\ndocs\ndbs/Db/colls/Ev\n")]
    [InlineData("PATCH", "dbs/Db/colls/Ev/docs/a b", "patch\ndocs\ndbs/Db/colls/Ev/docs/a b\n")]
    [InlineData("POST", "offers", "post\noffers\n\n")]
    [InlineData("GET", "dbs/AQEBAQ==/colls/AQEBAYAAAAE=/pkranges", "get\npkranges\naqebayaaaae=\n")]
    public void Names_and_resource_ids_are_accepted_as_signed(string method, string path, string covered) =>
        Assert.True(_signature.IsValid(method, Segments(path), MasterKeyToken.Date, MasterKeyToken.For(covered)));

    [Theory]
    [InlineData("PUT", "dbs/db", "get\ndbs\ndbs/db\n")]
    [InlineData("GET", "dbs/other", "get\ndbs\ndbs/db\n")]
    [InlineData("GET", "dbs/DB", "get\ndbs\ndbs/db\n")]
    [InlineData("GET", "dbs/db/colls", "get\ndbs\ndbs/db\n")]
    public void A_signature_of_another_request_is_refused(string method, string path, string covered) =>
        Assert.False(_signature.IsValid(method, Segments(path), MasterKeyToken.Date, MasterKeyToken.For(covered)));

    [Fact]
    public void Another_date_is_refused() =>
        Assert.False(_signature.IsValid("GET", [], "Mon, 23 Nov 2026 07:13:13 GMT", MasterKeyToken.For("get\n\n\n")));

    [Fact]
    public void Another_key_is_refused() =>
        Assert.False(new MasterKeySignature("AAAA").IsValid("GET", [], MasterKeyToken.Date, MasterKeyToken.For("get\n\n\n")));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("Bearer x")]
    [InlineData("type=master&ver=1.0")]
    [InlineData("type=master&ver=1.0&sig=")]
    [InlineData("type=master&ver=1.0&sig=AAAA")]
    [InlineData("type=master&ver=1.0&sig=%%%")]
    [InlineData("type=resource&ver=1.0&sig=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")]
    public void What_is_no_master_key_token_is_refused(string? header) => Assert.False(_signature.IsValid("GET", [], MasterKeyToken.Date, header));

    [Fact]
    public void A_resource_token_with_a_right_signature_is_refused() =>
        Assert.False(_signature.IsValid("GET", [], MasterKeyToken.Date, MasterKeyToken.For("get\n\n\n").Replace("master", "resource", StringComparison.Ordinal)));

    [Fact]
    public void A_missing_date_is_refused() => Assert.False(_signature.IsValid("GET", [], null, MasterKeyToken.For("get\n\n\n")));

    private static string[] Segments(string path) => path.Length == 0 ? [] : path.Split('/');
}

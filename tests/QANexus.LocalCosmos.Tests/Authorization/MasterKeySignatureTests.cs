using System.Security.Cryptography;
using System.Text;
using QANexus.LocalCosmos.Authorization;

namespace QANexus.LocalCosmos.Tests.Authorization;

public sealed class MasterKeySignatureTests
{
    private const string Date = "Mon, 23 Nov 2026 07:13:12 GMT";

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
        Assert.True(_signature.IsValid(method, Segments(path), Date, Header(covered)));

    [Theory]
    [InlineData("PUT", "dbs/db", "get\ndbs\ndbs/db\n")]
    [InlineData("GET", "dbs/other", "get\ndbs\ndbs/db\n")]
    [InlineData("GET", "dbs/DB", "get\ndbs\ndbs/db\n")]
    [InlineData("GET", "dbs/db/colls", "get\ndbs\ndbs/db\n")]
    public void A_signature_of_another_request_is_refused(string method, string path, string covered) =>
        Assert.False(_signature.IsValid(method, Segments(path), Date, Header(covered)));

    [Fact]
    public void Another_date_is_refused() =>
        Assert.False(_signature.IsValid("GET", [], "Mon, 23 Nov 2026 07:13:13 GMT", Header("get\n\n\n")));

    [Fact]
    public void Another_key_is_refused() =>
        Assert.False(new MasterKeySignature("AAAA").IsValid("GET", [], Date, Header("get\n\n\n")));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("Bearer x")]
    [InlineData("type=master&ver=1.0")]
    [InlineData("type=master&ver=1.0&sig=")]
    [InlineData("type=master&ver=1.0&sig=AAAA")]
    [InlineData("type=master&ver=1.0&sig=%%%")]
    [InlineData("type=resource&ver=1.0&sig=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")]
    public void What_is_no_master_key_token_is_refused(string? header) => Assert.False(_signature.IsValid("GET", [], Date, header));

    [Fact]
    public void A_resource_token_with_a_right_signature_is_refused() =>
        Assert.False(_signature.IsValid("GET", [], Date, Header("get\n\n\n").Replace("master", "resource", StringComparison.Ordinal)));

    [Fact]
    public void A_missing_date_is_refused() => Assert.False(_signature.IsValid("GET", [], null, Header("get\n\n\n")));

    private static string[] Segments(string path) => path.Length == 0 ? [] : path.Split('/');

    private static string Header(string covered)
    {
        var text = covered + Date.ToLowerInvariant() + "\n\n";
        var hash = HMACSHA256.HashData(Convert.FromBase64String(WellKnownKey.Value), Encoding.UTF8.GetBytes(text));
        return Uri.EscapeDataString($"type=master&ver=1.0&sig={Convert.ToBase64String(hash)}");
    }
}

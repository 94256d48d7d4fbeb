using System.Globalization;
using CsCheck;
using Microsoft.Extensions.Logging;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using QANexus.LocalHost.Functions.ChangeFeed;

namespace QANexus.LocalHost.Tests.Functions.ChangeFeed;

/// <summary>What reaches a function is not what is stored; this says in which ways, as the deployed trigger has the same.</summary>
public sealed class DeliveredTextTests
{
    private static readonly string[] Literals = ["true", "false", "null", "1E300", "-0.0", "123456789012345678901234567890"];

    [Theory]
    [InlineData("""{"at":"2026-11-25T10:00:00Z"}""", """{"at":"2026-11-25T10:00:00Z"}""")]
    [InlineData("""{"at":"2026-11-25T10:00:00.1200000Z"}""", """{"at":"2026-11-25T10:00:00.12Z"}""")]
    [InlineData("""{"amount":1.10}""", """{"amount":1.1}""")]
    [InlineData("""{"amount":1.0}""", """{"amount":1.0}""")]
    [InlineData("""{"amount":0.12345678901234567890}""", """{"amount":0.12345678901234568}""")]
    [InlineData("""{"text":"grüße €"}""", """{"text":"grüße €"}""")]
    [InlineData("""{"text":"<a href='x'> & \/"}""", """{"text":"<a href='x'> & /"}""")]
    public async Task Times_are_printed_anew_and_numbers_rounded(string stored, string delivered)
    {
        Assert.Contains(delivered[1..^1], await DeliverAsync(stored[1..^1]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_time_with_an_offset_arrives_in_the_time_zone_of_the_host()
    {
        var local = new DateTimeOffset(2026, 11, 25, 10, 0, 0, TimeSpan.FromHours(2)).ToLocalTime();

        Assert.Contains(
            $"\"at\":\"{local:yyyy-MM-ddTHH:mm:sszzz}\"", await DeliverAsync("""
            "at":"2026-11-25T10:00:00+02:00"
            """), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_document_nested_too_deeply_reaches_no_function_and_holds_up_its_range()
    {
        await using var fixture = await TriggerFixture.OpenAsync();
        await fixture.WriteAsync("1", Nested(63));
        await fixture.WriteAsync("2", Nested(64));
        await fixture.WriteAsync("3");
        fixture.Start(typeof(Followers.Unprotected));

        await Probe.UntilAsync(() => fixture.Log.CountOf(3109) > 0);

        Assert.Equal(["1"], fixture.Probe.IdsOf(Followers.Unprotected.Name));
        Assert.Single(fixture.Log.MessagesFrom(LogLevel.Error));
    }

    [Fact]
    public void The_text_is_what_the_calls_of_the_trigger_print()
    {
        var scalar = Gen.OneOf(
            Gen.String.Select(static text => JsonConvert.ToString(text)),
            Gen.DateTimeOffset.Select(static time => JsonConvert.ToString(time.ToString("O", CultureInfo.InvariantCulture))),
            Gen.DateTime.Select(static time => JsonConvert.ToString(time.ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFFK", CultureInfo.InvariantCulture))),
            Gen.Double.Where(double.IsFinite).Select(static number => JsonConvert.ToString(number)), Gen.Decimal.Select(static number => JsonConvert.ToString(number)),
            Gen.Long.Select(static number => JsonConvert.ToString(number)), Gen.Int[0, 5].Select(static n => Literals[n]));
        var value = Gen.Recursive<string>((depth, inner) => depth == 4
            ? scalar
            : Gen.OneOf(
                scalar, inner.Array[0, 3].Select(static items => $"[{string.Join(',', items)}]"),
                inner.Array[0, 3].Select(static items => $"{{{string.Join(',', items.Select(static (item, n) => $"\"m{n}\":{item}"))}}}")));

        value.Array[0, 3].Sample(values =>
        {
            // Read as the SDK reads a page.
            var page = values.Select(static v => JsonConvert.DeserializeObject<JObject>($"{{\"value\":{v}}}")!).ToList();
            Assert.Equal(JArray.FromObject(page).ToString(Formatting.None), DeliveredText.Of(page));
        });
    }

    /// <summary>A member that makes its document as deep as that, with the document itself.</summary>
    private static string Nested(int levels) =>
        $"\"x\":{string.Concat(Enumerable.Repeat("{\"x\":", levels - 1))}1{new string('}', levels - 1)}";

    private static async Task<string> DeliverAsync(string members)
    {
        await using var fixture = await TriggerFixture.OpenAsync();
        await fixture.WriteAsync("1", members);
        fixture.Start(typeof(Followers.Unprotected));
        await Probe.UntilAsync(() => !fixture.Probe.Calls.IsEmpty);
        return fixture.Probe.Calls[0].Text;
    }
}

using System.Globalization;
using CsCheck;
using QANexus.EventStore.Time;

namespace QANexus.EventStore.Tests.Time;

public sealed class Rfc3339Tests
{
    private static readonly string[] Changes = ["", "0", "9", "7", ":", "-", "T", "Z", "+", " "];

    [Theory]
    [InlineData("2026-11-23T10:00:00Z", "2026-11-23T10:00:00Z")]
    [InlineData("2026-11-23t10:00:00z", "2026-11-23T10:00:00Z")]
    [InlineData("2026-11-23T10:00:00+02:00", "2026-11-23T08:00:00Z")]
    [InlineData("2026-11-23T10:00:00.1234567-00:30", "2026-11-23T10:30:00.1234567Z")]
    [InlineData("2023-12-06T14:37:28+00:00", "2023-12-06T14:37:28Z")]
    [InlineData("2026-11-23T10:00:00.250Z", "2026-11-23T10:00:00.25Z")]
    public void A_timestamp_is_printed_in_utc_and_as_short_as_it_is_exact(string text, string printed)
    {
        Assert.True(Rfc3339.TryParse(text, out var value));
        Assert.Equal(printed, Rfc3339.Format(value));
    }

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    [InlineData("2026-11-23")]
    [InlineData("2026-11-23T10:00:00")]
    [InlineData("2026-11-23 10:00:00Z")]
    [InlineData("2026-11-23T10:00Z")]
    [InlineData("2026-13-23T10:00:00Z")]
    [InlineData("2026-02-30T10:00:00Z")]
    [InlineData("2026-11-23T24:00:00Z")]
    [InlineData("2026-11-23T10:00:60Z")]
    [InlineData("2026-11-23T10:00:00.12345678Z")]
    [InlineData("2026-11-23T10:00:00+0200")]
    [InlineData("2026-11-23T10:00:00.Z")]
    [InlineData(" 2026-11-23T10:00:00Z")]
    [InlineData("0001-01-01T00:00:00+01:00")]
    [InlineData("9999-12-31T23:59:59-01:00")]
    [InlineData("0000-01-01T00:00:00Z")]
    [InlineData("2026-11-23T10:00:00+14:01")]
    [InlineData("2026-11-23T10:00:00+01:60")]
    [InlineData("2026-11-23T10:00:00ZZ")]
    [InlineData("2026-11-23T10:00:00.1")]
    [InlineData("٢026-11-23T10:00:00Z")]
    public void What_is_no_exact_point_in_time_is_refused(string? text) => Assert.False(Rfc3339.TryParse(text, out _));

    /// <summary>The framework's parser is the reference: whatever a text is turned into by one changed character, both accept or refuse it alike.</summary>
    [Fact]
    public void It_reads_what_the_framework_reads_and_nothing_else()
    {
        string[] formats = [.. Enumerable.Range(0, 8).Select(static n => $"yyyy-MM-dd'T'HH:mm:ss{(n == 0 ? "" : "." + new string('f', n))}K")];
        var texts = Gen.Select(Gen.DateTime, Gen.Int[-900, 900], Gen.Int[0, 7], Gen.Bool).Select((time, offset, fraction, utc) =>
            time.ToString("yyyy-MM-dd'T'HH:mm:ss" + (fraction == 0 ? "" : "." + new string('f', fraction)), CultureInfo.InvariantCulture)
            + (utc ? "Z" : string.Create(CultureInfo.InvariantCulture, $"{(offset < 0 ? '-' : '+')}{Math.Abs(offset) / 60:00}:{Math.Abs(offset) % 60:00}")));
        Gen.Select(texts, Gen.Int[0, 40], Gen.Int[0, Changes.Length - 1].Select(static n => Changes[n])).Sample((text, place, change) =>
        {
            var at = place % (text.Length * 2);
            var changed = at < text.Length ? text[..at] + change + text[(at + 1)..] : text;
            var hasOffset = changed.EndsWith('Z') || (changed.Length > 6 && changed[^3] == ':' && changed[^6] is '+' or '-');
            var accepted = DateTimeOffset.TryParseExact(
                changed, formats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var expected) && hasOffset;
            Assert.Equal((accepted, accepted ? expected : default), (Rfc3339.TryParse(changed, out var value), value));
        });
    }

    [Fact]
    public void Both_forms_give_the_time_back_to_the_tick() => Gen.DateTimeOffset.Sample(value =>
        Rfc3339.TryParse(Rfc3339.Format(value), out var shortest) && shortest == value
        && Rfc3339.TryParse(Rfc3339.FormatSortable(value), out var sortable) && sortable == value);

    [Fact]
    public void The_sortable_form_orders_as_the_times_do() => Gen.Select(Gen.DateTimeOffset, Gen.DateTimeOffset).Sample((a, b) =>
        Math.Sign(string.CompareOrdinal(Rfc3339.FormatSortable(a), Rfc3339.FormatSortable(b))) == Math.Sign(a.CompareTo(b)));
}

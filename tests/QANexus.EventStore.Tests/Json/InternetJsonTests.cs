using System.Globalization;
using System.Text;
using System.Text.Json;
using CsCheck;
using QANexus.EventStore.Json;

namespace QANexus.EventStore.Tests.Json;

public sealed class InternetJsonTests
{
    [Theory]
    [InlineData("1.10")]
    [InlineData("9007199254740991")]
    [InlineData("9007199254740992")]
    [InlineData("-0")]
    [InlineData("0.1")]
    [InlineData("1e2")]
    [InlineData("100000000000000000000")]
    [InlineData("1.7976931348623157e308")]
    [InlineData("5e-324")]
    [InlineData("0e99999999999999999999")]
    [InlineData("0.000000000000000000000000000000")]
    public void A_number_that_a_double_gives_back_is_accepted(string number) => Assert.Null(Find(number));

    [Theory]
    [InlineData("12345678901234567890")]
    [InlineData("9007199254740993")]
    [InlineData("0.1000000000000000055511151231257827")]
    [InlineData("1e400")]
    [InlineData("-1e400")]
    [InlineData("1E+400")]
    [InlineData("1e-400")]
    [InlineData("1e-99999999999999999999")]
    [InlineData("3.14159265358979323846")]
    public void A_number_that_a_double_would_round_is_refused_with_its_pointer(string number)
    {
        var violation = Find($$"""{"a":[0,{"b/c":{{number}}}]}""");
        Assert.Equal("/a/1/b~1c", violation?.Pointer);
        Assert.Contains("send it as a string", violation!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_number_as_long_as_a_body_is_named_by_its_beginning()
    {
        var violation = Find(new string('9', 100_000));

        Assert.Equal($"the number {new string('9', 40)}... does not survive as a double: send it as a string", violation?.Message);
    }

    [Fact]
    public void Every_double_is_accepted_in_the_form_that_dotnet_prints() =>
        Gen.Double.Where(double.IsFinite).Sample(value => Find(value.ToString("R", CultureInfo.InvariantCulture)) is null);

    [Fact]
    public void A_decimal_is_accepted_exactly_when_it_equals_its_double() =>
        Gen.Select(Gen.Long, Gen.Int[0, 25]).Sample((digits, scale) =>
        {
            var text = digits.ToString(CultureInfo.InvariantCulture) + "e-" + scale.ToString(CultureInfo.InvariantCulture);
            var exact = SameDecimal(text, double.Parse(text, CultureInfo.InvariantCulture).ToString("R", CultureInfo.InvariantCulture));
            Assert.True(exact == (Find(text) is null), text);
        });

    [Theory]
    [InlineData("""{"a":1,"b":{"c":1,"c":2}}""", "/b/c")]
    [InlineData("""{"a":1,"\u0061":2}""", "/a")]
    [InlineData("""[{"x":0},{"x":0,"x":0}]""", "/1/x")]
    public void A_member_name_that_appears_twice_is_refused(string json, string pointer)
    {
        var violation = Find(json);
        Assert.Equal(pointer, violation?.Pointer);
        Assert.Contains("twice", violation!.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""["\ud800"]""")]
    [InlineData("""["\udc00"]""")]
    [InlineData("""["\ud800x"]""")]
    [InlineData("""["\ud800\ud800"]""")]
    [InlineData("""["\udc00\ud800"]""")]
    [InlineData("""["\ud800\n"]""")]
    public void A_lone_surrogate_is_refused(string json) => Assert.Contains("surrogate", Find(json)!.Message, StringComparison.Ordinal);

    [Fact]
    public void A_lone_surrogate_in_a_member_name_is_refused() =>
        Assert.Contains("surrogate", Find("""{"\ud800":1}""")!.Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("""["\ud83d\ude00"]""")]
    [InlineData("""["\\ud800"]""")]
    [InlineData("[\"😀 \\u00e4\\n\"]")]
    public void A_pair_of_surrogates_is_a_character(string json) => Assert.Null(Find(json));

    [Fact]
    public void Thirty_two_levels_are_accepted_and_one_more_is_not()
    {
        Assert.Null(Find(new string('[', 32) + new string(']', 32)));
        var violation = Find(new string('[', 33) + new string(']', 33));
        Assert.Equal(string.Concat(Enumerable.Repeat("/0", 32)), violation?.Pointer);
        Assert.Contains("deeper than 32", violation!.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(33)]
    [InlineData(100_000)]
    public void Objects_nest_as_deeply_as_arrays(int levels)
    {
        Assert.Null(Find(Nested(32)));

        var violation = Find(Nested(levels));

        Assert.Equal(string.Concat(Enumerable.Repeat("/a", 32)), violation?.Pointer);
        Assert.Contains("deeper than 32", violation!.Message, StringComparison.Ordinal);

        static string Nested(int levels) => string.Concat(Enumerable.Repeat("{\"a\":", levels)) + "1" + new string('}', levels);
    }

    [Fact]
    public void A_name_as_long_as_a_body_is_in_a_pointer_with_its_beginning()
    {
        var name = new string('n', 900_000);

        Assert.Equal($"/{new string('n', 100)}.../a", Find($$$"""{"{{{name}}}":{"a":1,"a":2}}""")?.Pointer);
        Assert.Equal($"/{new string('n', 100)}...", Find($$"""{"{{name}}":1,"{{name}}":2}""")?.Pointer);
    }

    [Fact]
    public void A_name_is_cut_between_characters_and_escaped_whole()
    {
        Assert.Equal(new string('n', 100), InternetJson.PointerPart(new string('n', 100)));
        Assert.Equal(new string('n', 99) + "...", InternetJson.PointerPart(new string('n', 99) + "😀😀"));
        Assert.Equal(new string('n', 99) + "~1...", InternetJson.PointerPart(new string('n', 99) + "//"));
    }

    [Fact]
    public void A_hostile_depth_is_refused_without_following_it() =>
        Assert.Contains("deeper", Find(new string('[', 500_000))!.Message, StringComparison.Ordinal);

    [Fact]
    public void Bytes_that_are_not_utf8_are_refused() =>
        Assert.Equal("is not valid UTF-8", InternetJson.FindViolation([(byte)'"', 0xFF, (byte)'"'])?.Message);

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("{} {}")]
    [InlineData("{\"a\":1,}")]
    [InlineData("NaN")]
    [InlineData("// c\n1")]
    public void What_is_not_json_is_refused(string json) => Assert.StartsWith("is not JSON", Find(json)!.Message, StringComparison.Ordinal);

    [Fact]
    public void An_object_text_keeps_the_bytes_as_they_came_without_the_space_around_them()
    {
        var text = JsonObjectText.Parse(" \r\n{ \"a\" : 1.10 }\t");
        Assert.Equal("""{ "a" : 1.10 }""", text.ToString());
        Assert.Equal("{}", JsonObjectText.Empty.ToString());
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("1")]
    [InlineData("null")]
    [InlineData("   ")]
    public void An_object_text_is_an_object(string json) => Assert.Throws<FormatException>(() => JsonObjectText.Parse(json));

    [Fact]
    public void What_is_accepted_reads_back_with_equal_value_through_doubles() =>
        Gen.Select(Gen.String, Gen.Double.Where(double.IsFinite), Gen.Bool).Sample((text, number, flag) =>
        {
            var wellFormed = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
            var json = JsonSerializer.Serialize(new { text = wellFormed, number, flag });
            using var parsed = JsonDocument.Parse(JsonObjectText.Parse(json).Utf8);
            Assert.Equal(wellFormed, parsed.RootElement.GetProperty("text").GetString());
            Assert.Equal(number, parsed.RootElement.GetProperty("number").GetDouble());
        });

    private static JsonViolation? Find(string json) => InternetJson.FindViolation(Encoding.UTF8.GetBytes(json));

    /// <summary>Compares two decimals by exact integer arithmetic, independently of the code under test.</summary>
    private static bool SameDecimal(string left, string right)
    {
        var (a, b) = (Scaled(left), Scaled(right));
        return a == b;

        static System.Numerics.BigInteger Scaled(string text)
        {
            var mark = text.IndexOfAny(['e', 'E']);
            var exponent = mark < 0 ? 0 : int.Parse(text[(mark + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
            var mantissa = mark < 0 ? text : text[..mark];
            var point = mantissa.IndexOf('.', StringComparison.Ordinal);
            exponent -= point < 0 ? 0 : mantissa.Length - point - 1;
            var digits = System.Numerics.BigInteger.Parse(
                mantissa.Replace(".", string.Empty, StringComparison.Ordinal), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
            return digits * System.Numerics.BigInteger.Pow(10, exponent + 400);
        }
    }
}

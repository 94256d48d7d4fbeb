using System.Net;
using System.Text;
using System.Text.Json;
using CsCheck;
using QANexus.Api.Streams;
using QANexus.Api.Tests.Hosting;

namespace QANexus.Api.Tests.Streams;

/// <summary>Properties of the body reader, over bodies that are nearly right.</summary>
public sealed class AppendBodyTests
{
    private static readonly Gen<string> Scalar = OneOf(
        "null", "true", "1", "-0", "1e400", "1.10", "12345678901234567890", "\"\"", "\"A\"", "\"\\ud800\"", "\"\\ud83d\\ude00\"", "\"2026-11-23T10:00:00Z\"", "\"é\"");

    private static readonly Gen<string> Name = OneOf(
        "\"events\"", "\"metadata\"", "\"type\"", "\"data\"", "\"eventId\"", "\"schemaVersion\"", "\"occurredAt\"", "\"correlationId\"", "\"t\\u0079pe\"", "\"\\udc00\"", "\"x\"");

    private static readonly Gen<string> Value = Gen.Recursive<string>((depth, value) => depth >= 5
        ? Scalar
        : Gen.Frequency(
            (2, Scalar),
            (2, value.Array[0, 3].Select(static items => "[" + string.Join(',', items) + "]")),
            (5, Gen.Select(Name, value).Array[0, 4].Select(static members => "{" + string.Join(',', members.Select(static m => m.Item1 + ":" + m.Item2)) + "}"))));

    [Fact]
    public void Any_json_is_read_or_refused_with_a_reason_and_never_throws() =>
        Value.Sample(static json =>
        {
            var read = AppendBody.TryParse(Encoding.UTF8.GetBytes(json), out var body, out var problem);
            return read ? body is not null && problem is null : problem is { Detail.Length: > 0, Code.Status: 400 };
        });

    [Fact]
    public void Any_bytes_are_read_or_refused_and_never_throw() =>
        Gen.Select(Value, Gen.Int[0, 400], Gen.Byte).Sample(static (json, at, flipped) =>
        {
            var bytes = Encoding.UTF8.GetBytes("{\"events\":[{\"type\":\"A\",\"data\":" + json + "}]}");
            bytes[at % bytes.Length] = flipped;
            var read = AppendBody.TryParse(bytes, out _, out var problem);
            return read == (problem is null);
        });

    [Fact]
    public async Task Whatever_is_sent_the_answer_is_201_400_or_413_and_as_the_document_says()
    {
        await using var host = await ApiHost.StartAsync();

        await Gen.Select(Value, Gen.Bool).SampleAsync(
            async (json, isData) => (await host.AppendAsync(isData ? "{\"events\":[{\"type\":\"A\",\"data\":" + json + "}]}" : json)).Status
                is HttpStatusCode.Created or HttpStatusCode.BadRequest or HttpStatusCode.RequestEntityTooLarge,
            iter: 500, threads: 1);
    }

    [Fact]
    public void Data_that_is_accepted_is_a_slice_of_the_body_byte_for_byte() =>
        Gen.Select(Gen.String.AlphaNumeric, Gen.Int, OneOf(" ", "", "\r\n\t")).Sample(static (text, number, space) =>
        {
            var data = $"{{{space}\"t\"{space}:{space}{JsonSerializer.Serialize(text)},\"n\":{number}{space}}}";
            var bytes = Encoding.UTF8.GetBytes($"{{{space}\"events\":[{{\"type\":\"A\",\"data\":{space}{data}{space}}}]}}");
            Assert.True(AppendBody.TryParse(bytes, out var body, out _));
            var slice = Assert.Single(body.Events).Data.Utf8;
            return Encoding.UTF8.GetString(slice.Span) == data && slice.Span.Overlaps(bytes);
        });

    private static Gen<string> OneOf(params string[] values) => Gen.Int[0, values.Length - 1].Select(index => values[index]);
}

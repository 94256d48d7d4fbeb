using System.Globalization;
using System.Text;
using System.Text.Json;

namespace QANexus.LocalHost.Importing;

/// <summary>What an unsuccessful answer says, on one line.</summary>
internal static class ProblemText
{
    private const int MaxErrors = 3;

    public static async Task<string> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var status = string.Create(CultureInfo.InvariantCulture, $"{(int)response.StatusCode}");
        if (response.Content.Headers.ContentType?.MediaType != "application/problem+json")
        {
            return $"{status} {response.ReasonPhrase}".TrimEnd();
        }

        try
        {
            using var problem = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync(cancellationToken));
            return Describe(status, problem.RootElement);
        }
        catch (JsonException)
        {
            return $"{status} {response.ReasonPhrase}".TrimEnd();
        }
    }

    private static string Describe(string status, JsonElement problem)
    {
        var text = new StringBuilder(status);
        if (problem.ValueKind is not JsonValueKind.Object)
        {
            return text.ToString();
        }

        if (Text(problem, "code") is { } code)
        {
            text.Append(' ').Append(code);
        }

        var detail = Text(problem, "detail") ?? Text(problem, "title");
        if (detail is not null)
        {
            text.Append(": ").Append(detail);
        }

        if (problem.TryGetProperty("errors", out var errors) && errors.ValueKind is JsonValueKind.Object)
        {
            // A detail that names the place has said it already.
            foreach (var error in errors.EnumerateObject().Take(MaxErrors).Where(error => detail?.Contains(error.Name, StringComparison.Ordinal) != true))
            {
                text.Append("; ").Append(error.Name).Append(' ').Append(Messages(error.Value));
            }
        }

        return text.ToString();
    }

    private static string Messages(JsonElement messages) => messages.ValueKind is JsonValueKind.Array
        ? string.Join(", ", messages.EnumerateArray().Select(static message => message.ToString()))
        : messages.ToString();

    private static string? Text(JsonElement problem, string name) =>
        problem.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String ? value.GetString() : null;
}

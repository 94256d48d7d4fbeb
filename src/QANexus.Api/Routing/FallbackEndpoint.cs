using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing.Template;
using Microsoft.Net.Http.Headers;
using QANexus.Api.Problems;
using QANexus.Api.Requests;
using QANexus.Api.Responses;

namespace QANexus.Api.Routing;

/// <summary>Answers what no other route takes, so that both hosts say 404 and 405 in the same words.</summary>
public sealed class FallbackEndpoint(EndpointPipeline pipeline)
{
    private static readonly (Operation Operation, TemplateMatcher Matcher)[] Known =
        [.. Operations.All.Select(static operation => (operation, new TemplateMatcher(TemplateParser.Parse(operation.Route), [])))];

    /// <summary>A problem: 405 with <c>Allow</c> where the path has other methods, otherwise 404.</summary>
    public Task<IResult> AnswerAsync(HttpRequest request, string? path, CancellationToken cancellationToken) =>
        pipeline.RunAsync(operation: null, request, _ => Task.FromResult<Answer>(Refuse(request.Method, path)), cancellationToken);

    private static Problem Refuse(string method, string? path)
    {
        var allowed = AllowedMethods(new PathString("/" + path));
        return allowed.Count == 0 || allowed.Contains(method, StringComparer.OrdinalIgnoreCase)
            ? new Problem(ProblemCode.NotFound, "There is no such route.")
            : new Problem(ProblemCode.MethodNotAllowed, $"This route takes {string.Join(" and ", allowed)}.")
            {
                Headers = [new(HeaderNames.Allow, string.Join(", ", allowed))],
            };
    }

    private static List<string> AllowedMethods(PathString path) =>
        [.. Known.Where(known => known.Matcher.TryMatch(path, [])).Select(static known => known.Operation.Method).Order(StringComparer.Ordinal)];
}

using Microsoft.AspNetCore.Http;

namespace QANexus.LocalHost.Tests.Functions;

/// <summary>What the test functions answer: who was asked for what.</summary>
internal static class Echo
{
    public static Task<IResult> Text(HttpRequest request, string? value) => Task.FromResult(Results.Text($"{request.Method} [{value ?? "null"}]"));
}

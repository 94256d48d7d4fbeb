namespace QANexus.Api.Problems;

/// <summary>One thing that is wrong with a request.</summary>
/// <param name="Pointer">
/// JSON pointer into the body; for what is not in the body, <c>/path/</c>, <c>/query/</c> or <c>/header/</c> and its name.
/// </param>
/// <param name="Message">What is wrong, in words for the caller.</param>
internal sealed record ProblemError(string Pointer, string Message)
{
    public static ProblemError InPath(string name, string message) => new("/path/" + name, message);

    public static ProblemError InQuery(string name, string message) => new("/query/" + name, message);

    public static ProblemError InHeader(string name, string message) => new("/header/" + name, message);
}

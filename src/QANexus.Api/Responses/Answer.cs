using Microsoft.AspNetCore.Http;
using QANexus.Api.Problems;

namespace QANexus.Api.Responses;

/// <summary>What an endpoint has to say: a <see cref="JsonAnswer"/>, a <see cref="LiveAnswer"/>, a <see cref="NotModifiedAnswer"/> or a <see cref="Problem"/>.</summary>
internal abstract record Answer
{
    /// <summary>Headers beside those that every answer has.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    /// <summary>Request units spent, if the store was asked.</summary>
    public double? RequestCharge { get; init; }
}

/// <summary>An answer with a JSON body.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Body">One JSON text in UTF-8.</param>
internal sealed record JsonAnswer(int Status, ReadOnlyMemory<byte> Body) : Answer
{
    public const string MediaType = "application/json";
}

/// <summary>200 with an event stream.</summary>
/// <param name="SendAsync">Sends it, until the reader goes or the token that it is given, the invocation's, is cancelled. Throws nothing.</param>
internal sealed record LiveAnswer(Func<HttpContext, CancellationToken, Task> SendAsync) : Answer
{
    public const string MediaType = "text/event-stream";
}

/// <summary>304: the caller has it already.</summary>
internal sealed record NotModifiedAnswer : Answer;

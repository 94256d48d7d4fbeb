namespace QANexus.Api.Limits;

/// <summary>How large a request of a tenant and its answer may be.</summary>
/// <param name="MaxBodyBytes">Bytes of a body that holds events or a state.</param>
/// <param name="MaxPageSize">Members of a page.</param>
internal readonly record struct RequestLimits(int MaxBodyBytes, int MaxPageSize);

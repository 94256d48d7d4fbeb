using System.Globalization;
using QANexus.LocalCosmos.Faults;
using QANexus.LocalCosmos.Gateway;
using QANexus.LocalCosmos.Routing;

namespace QANexus.LocalCosmos.Control;

/// <summary>
/// The control API: what the account's owner can do by code, for tests that run elsewhere. It lies under <c>/_local</c>, a path that no resource
/// of an account has. It is not signed: the account listens on the loopback address only and its key is public knowledge, so a
/// signature would keep out nobody but the person at the keyboard. What it does keep out is a web page in a browser on this machine: such requests
/// name their origin, or the host that they were tricked into.
/// </summary>
/// <remarks>
/// <c>GET</c>, <c>POST</c>, <c>DELETE /_local/faults</c> and <c>DELETE /_local/faults/{id}</c> list, add and end rules;
/// <c>POST /_local/splits</c> splits a physical partition; <c>GET</c> and <c>POST /_local/clock</c> tell and change the clock.
/// </remarks>
internal sealed class ControlRequests(LocalAccount account)
{
    private const string Root = "_local";

    public static bool Concern(GatewayRequest request) => request.Segments is [Root, ..];

    /// <exception cref="RequestRefusedException">400, 403, 404 or 405, each with its reason.</exception>
    public async Task<GatewayResponse> HandleAsync(GatewayRequest request)
    {
        if (!request.BaseAddress.IsLoopback || request.Header("Origin") is not null)
            throw new RequestRefusedException(403, "The control API is for programs on this machine, not for web pages.");
        return (request.Method, request.Segments) switch
        {
            ("GET", [Root, "faults"]) => ControlJson.Respond(200, new FaultList([.. account.Faults.Active.Select(FaultEntry.Of)])),
            ("POST", [Root, "faults"]) => Add(ControlJson.Read<FaultRule>(request.Body)),
            ("DELETE", [Root, "faults"]) => RemoveAll(),
            ("DELETE", [Root, "faults", var id]) => Remove(id),
            ("POST", [Root, "splits"]) => await SplitAsync(ControlJson.Read<SplitOrder>(request.Body)),
            ("GET", [Root, "clock"]) => TellTime(),
            ("POST", [Root, "clock"]) => ChangeClock(ControlJson.Read<ClockOrder>(request.Body)),
            (_, [Root, "faults" or "splits" or "clock"] or [Root, "faults", _]) => throw Route.MethodNotAllowed(request),
            _ => throw RequestRefusedException.NotFound("The control API has /_local/faults, /_local/splits and /_local/clock."),
        };
    }

    private GatewayResponse Add(FaultRule rule)
    {
        try
        {
            return ControlJson.Respond(201, FaultEntry.Of(account.Faults.Add(rule)));
        }
        catch (Exception senseless) when (senseless is ArgumentException or NotSupportedException)
        {
            throw RequestRefusedException.BadRequest(senseless.Message);
        }
    }

    private GatewayResponse Remove(string id)
    {
        var named = int.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? account.Faults.Active.FirstOrDefault(fault => fault.Id == number)
            : null;
        (named ?? throw RequestRefusedException.NotFound($"There is no rule '{id}' in force.")).Dispose();
        return GatewayResponse.Empty(204);
    }

    private GatewayResponse RemoveAll()
    {
        account.Faults.Clear();
        return GatewayResponse.Empty(204);
    }

    private async Task<GatewayResponse> SplitAsync(SplitOrder order)
    {
        try
        {
            await account.SplitAsync(order.Database, order.Container, order.PartitionKeyRangeId);
            return ControlJson.Respond(200, new SplitResult(account.PartitionKeyRangeIds(order.Database, order.Container)));
        }
        catch (ArgumentException unknown)
        {
            throw RequestRefusedException.BadRequest(unknown.Message);
        }
    }

    private GatewayResponse ChangeClock(ClockOrder order)
    {
        var clock = account.Clock;
        if (order.IsStopped is true)
            clock.Stop();
        try
        {
            if (order.Now is { } time)
                clock.Set(time);
            if (order.Advance is { } by)
                clock.Advance(by);
        }
        catch (ArgumentOutOfRangeException)
        {
            throw RequestRefusedException.BadRequest("The clock is advanced by a time that is not negative and does not lead beyond the calendar.");
        }

        if (order.IsStopped is false)
            clock.Start();
        return TellTime();
    }

    private GatewayResponse TellTime() => ControlJson.Respond(200, new ClockState(account.Clock.GetUtcNow(), account.Clock.IsStopped));

    private sealed record FaultList(IReadOnlyList<FaultEntry> Faults);

    private sealed record FaultEntry(int Id, int Hits, FaultRule Rule)
    {
        public static FaultEntry Of(ActiveFault fault) => new(fault.Id, fault.Hits, fault.Rule);
    }

    private sealed record SplitOrder(string Database, string Container, string PartitionKeyRangeId);

    private sealed record SplitResult(IReadOnlyList<string> PartitionKeyRangeIds);

    /// <summary>What to do with the clock, in this order: stop it, set it, advance it, start it.</summary>
    private sealed record ClockOrder(bool? IsStopped = null, DateTimeOffset? Now = null, TimeSpan? Advance = null);

    private sealed record ClockState(DateTimeOffset Now, bool IsStopped);
}

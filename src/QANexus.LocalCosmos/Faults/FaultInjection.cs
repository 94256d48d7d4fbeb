using QANexus.LocalCosmos.Accounts;
using QANexus.LocalCosmos.Gateway;
using QANexus.LocalCosmos.Routing;

namespace QANexus.LocalCosmos.Faults;

/// <summary>The way of a request past the faults in force: what strikes before it is carried out, and what happens to its answer.</summary>
internal sealed class FaultInjection(AccountData account, FaultRules rules)
{
    private readonly LeaseTheft _theft = new(account, rules);

    public async Task<GatewayResponse> HandleAsync(
        GatewayRequest request, Route route, Func<Task<GatewayResponse>> carryOut, CancellationToken cancellationToken)
    {
        var faults = rules.Strike(route);
        foreach (var delay in faults.OfType<DelayFault>())
            await Task.Delay(delay.By, account.Time, cancellationToken);
        if (faults.OfType<CutConnectionFault>().Any())
            return FaultResponse.CutConnection();
        if (faults.OfType<StatusFault>().FirstOrDefault() is { } status)
            return FaultResponse.Of(status, request);
        await _theft.StealAsync(request, route);
        var response = await carryOut();
        foreach (var slow in faults.OfType<SlowResponseFault>())
            await Task.Delay(slow.By, account.Time, cancellationToken);
        if (faults.OfType<LostResponseFault>().Any())
            return FaultResponse.CutConnection();
        return faults.OfType<CutBodyFault>().Any() ? FaultResponse.CutBody(response) : response;
    }
}

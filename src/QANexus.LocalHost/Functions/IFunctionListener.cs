namespace QANexus.LocalHost.Functions;

/// <summary>What calls a function in the background.</summary>
internal interface IFunctionListener
{
    BackgroundFunction Function { get; }

    /// <summary>Listens until it is told to stop, and returns when it has: nothing is under way, and what was held is given back.</summary>
    /// <param name="stopping">Also the token of the calls.</param>
    Task RunAsync(CancellationToken stopping);
}

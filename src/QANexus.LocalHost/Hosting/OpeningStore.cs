using Microsoft.Azure.Cosmos;
using QANexus.LocalHost.Authentication;

namespace QANexus.LocalHost.Hosting;

/// <summary>
/// Where the services of a host find the store below it. They are put together while it opens, each of which is half a second of compiling, and ask for it
/// when it is open.
/// </summary>
internal sealed class OpeningStore
{
    private (CosmosBackend Backend, DevelopmentTokens Tokens)? opened;

    /// <exception cref="InvalidOperationException">It is not open yet.</exception>
    public CosmosClient Client => Opened.Backend.Client;

    /// <summary>The tokens that were made beside its data.</summary>
    /// <exception cref="InvalidOperationException">It is not open yet.</exception>
    public DevelopmentTokens Tokens => Opened.Tokens;

    private (CosmosBackend Backend, DevelopmentTokens Tokens) Opened => opened ?? throw new InvalidOperationException("The store is asked for before it is open.");

    public void Open(CosmosBackend backend, DevelopmentTokens tokens) => opened = (backend, tokens);
}

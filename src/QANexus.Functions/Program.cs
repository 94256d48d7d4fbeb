using Azure.Identity;
using Microsoft.Azure.Cosmos;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using QANexus.Api;
using QANexus.EventStore.Cosmos;
using QANexus.EventStore.Schemas;

var builder = FunctionsApplication.CreateBuilder(args);
builder.ConfigureFunctionsWebApplication();

var api = builder.Services.AddQANexusApi(options => builder.Configuration.GetSection("Api").Bind(options));
// The worker sees the Functions host as its caller, on the same machine for everybody: two conditions, and neither holds in Azure.
if (builder.Environment.IsDevelopment() && builder.Configuration.GetValue<bool>("Api:DevelopmentAuthentication"))
{
    api.AddDevelopmentAuthentication();
}

// The name under which a Cosmos DB trigger finds its identity-based connection, too.
var endpoint = builder.Configuration["Cosmos:accountEndpoint"]
    ?? throw new InvalidOperationException("The setting Cosmos__accountEndpoint, the address of the Cosmos DB account, is missing.");
builder.Services.AddSingleton(_ => new CosmosClient(
    endpoint, new DefaultAzureCredential(), new CosmosClientOptions { ApplicationName = "QANexus", EnableContentResponseOnWrite = false }));
builder.Services.AddCosmosEventStore(options => builder.Configuration.GetSection("EventStore").Bind(options));
builder.Services.Configure<EventCatalogOptions>(options => builder.Configuration.GetSection("EventCatalog").Bind(options));

await builder.Build().RunAsync();

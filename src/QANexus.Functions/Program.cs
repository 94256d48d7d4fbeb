using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using QANexus.Api;
using QANexus.Domain;
using QANexus.EventStore.Schemas;
using QANexus.Functions.Hosting;
using QANexus.ReadModels;

var builder = FunctionsApplication.CreateBuilder(args);
builder.ConfigureFunctionsWebApplication();

var api = builder.Services.AddQANexusApi(options => builder.Configuration.GetSection("Api").Bind(options));
// The worker sees the Functions host as its caller, on the same machine for everybody: two conditions, and neither holds in Azure.
if (builder.Environment.IsDevelopment() && builder.Configuration.GetValue<bool>("Api:DevelopmentAuthentication"))
{
    api.AddDevelopmentAuthentication();
}

builder.Services.AddCosmos(builder.Configuration);
builder.Services.AddQADomain();
builder.Services.AddReadModels();
builder.Services.Configure<EventCatalogOptions>(options => builder.Configuration.GetSection("EventCatalog").Bind(options));

await builder.Build().RunAsync();

using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Azure.Functions.Worker.OpenTelemetry;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using QANexus.Domain;
using QANexus.Domain.Policies;
using QANexus.EventStore.Schemas;
using QANexus.Functions.Hosting;
using QANexus.ReadModels;

var builder = FunctionsApplication.CreateBuilder(args);
builder.ConfigureFunctionsWebApplication();

builder.Services.AddTelemetry(builder.Configuration, static telemetry => telemetry.UseFunctionsWorkerDefaults());
builder.AddApi();
builder.Services.AddCosmos(builder.Configuration);
builder.Services.AddQADomain();
builder.Services.AddReadModels();
builder.Services.Configure<PolicyOptions>(options => builder.Configuration.GetSection("Policies").Bind(options));
builder.Services.Configure<EventCatalogOptions>(options => builder.Configuration.GetSection("EventCatalog").Bind(options));

await builder.Build().RunAsync();

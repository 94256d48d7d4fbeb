using QANexus.LocalHost.Hosting;

namespace QANexus.LocalHost.Terminal;

/// <summary>Where everything is, and one thing to try.</summary>
internal static class StartBanner
{
    public static void Write(TextWriter output, LocalHostApplication application, LocalHostOptions options)
    {
        var api = Trim(application.ApiAddress);
        output.WriteLine("QANexus Event Store");
        output.WriteLine($"  API      {api}/api/v1");
        output.WriteLine($"  OpenAPI  {api}/api/openapi/v1.json");
        output.WriteLine($"  Cosmos   {Trim(application.CosmosAddress)}");
        output.WriteLine($"  Data     {DescribeData(options)}");
        foreach (var fault in application.Account?.Faults.Active ?? [])
        {
            output.WriteLine($"  Fault    {fault.Rule}");
        }

        output.WriteLine("Append a first event:");
        output.WriteLine($"  {Command(api)}");
        output.WriteLine("Ctrl+C stops.");
        output.Flush();
    }

    private static string Command(string api) =>
        $"curl -i {api}/api/v1/tenants/demo/streams/Requirement/req-1/events -H 'Content-Type: application/json' "
        + """-d '{"events":[{"type":"RequirementCreated","data":{"title":"Users can log in"}}]}'""";

    private static string DescribeData(LocalHostOptions options) => options switch
    {
        { CosmosEndpoint: not null } => "at the Cosmos endpoint",
        { InMemory: true } => "in memory, gone when the host stops",
        _ => Path.GetFullPath(options.DataDirectory),
    };

    private static string Trim(Uri address) => address.AbsoluteUri.TrimEnd('/');
}

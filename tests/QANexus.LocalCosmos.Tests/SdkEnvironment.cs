using System.Runtime.CompilerServices;

namespace QANexus.LocalCosmos.Tests;

internal static class SdkEnvironment
{
    /// <summary>Once in a process the SDK asks the metadata service of the machine it thinks it is on; tests stay on the loopback address.</summary>
    [ModuleInitializer]
    internal static void StayLocal() => Environment.SetEnvironmentVariable("COSMOS_DISABLE_IMDS_ACCESS", "true");
}

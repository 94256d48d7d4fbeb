using System.Reflection;
using Xunit.Sdk;

namespace QANexus.LocalCosmos.Tests.Conformance;

/// <summary>How the SDK reaches the account.</summary>
public enum Transport
{
    InProcess,
    Port,
}

/// <summary>Runs a theory once over each transport.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class OverBothTransportsAttribute : DataAttribute
{
    public override IEnumerable<object[]> GetData(MethodInfo testMethod) => Enum.GetValues<Transport>().Select(transport => new object[] { transport });
}

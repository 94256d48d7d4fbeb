using System.Reflection;
using QANexus.LocalHost.Functions.Retrying;

namespace QANexus.LocalHost.Functions;

/// <summary>A function method that nobody waits for: the host calls it, and repeats a failed call by the method's policy.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Method">The method.</param>
/// <param name="Retry">What becomes of a failed call; null where it is not repeated.</param>
internal abstract record BackgroundFunction(string Name, MethodInfo Method, FunctionRetry? Retry) : Function(Name, Method);

namespace Microsoft.Azure.Functions.Worker;

/// <summary>
/// Signature of the worker's enumeration, of which the functions use one value. A function that asked for a host key would not compile here:
/// this host has no keys to check it against.
/// </summary>
internal enum AuthorizationLevel
{
    Anonymous = 0,
}

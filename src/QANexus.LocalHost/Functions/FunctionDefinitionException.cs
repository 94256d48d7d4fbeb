namespace QANexus.LocalHost.Functions;

/// <summary>A function class that one of the two hosts would run otherwise than it reads: a mistake of the programmer, found at start-up.</summary>
internal sealed class FunctionDefinitionException(string message) : Exception(message);

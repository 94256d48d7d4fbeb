using System.Reflection;

namespace QANexus.LocalHost.Functions;

/// <summary>A function method.</summary>
/// <param name="Name">Its name, unique in the application.</param>
/// <param name="Method">The method.</param>
internal abstract record Function(string Name, MethodInfo Method)
{
    /// <inheritdoc/>
    public sealed override string ToString() => $"'{Name}' ({Method.DeclaringType?.Name}.{Method.Name})";
}

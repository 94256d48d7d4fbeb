namespace QANexus.LocalCosmos.Tests.Packaging;

/// <summary>Says that a test proves a line of the support table. A line that no test proves does not exist.</summary>
/// <param name="area">Part of the table.</param>
/// <param name="feature">The line, in Markdown; tests that give the same one prove it together.</param>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
internal sealed class ProvesAttribute(Area area, string feature) : Attribute
{
    public Area Area => area;

    public string Feature => feature;
}

using System.Xml.Linq;

namespace QANexus.Api.Tests.Structure;

/// <summary>The source tree that the tests were built from.</summary>
internal static class Repository
{
    public const string Solution = "QANexus.Functions.sln";

    public static DirectoryInfo Root { get; } = FindRoot();

    /// <summary>Every project by name, with its file.</summary>
    public static IReadOnlyDictionary<string, XDocument> Projects { get; } = Root.GetDirectories("src").Concat(Root.GetDirectories("tests"))
        .SelectMany(static folder => folder.GetDirectories())
        .SelectMany(static folder => folder.GetFiles("*.csproj"))
        .ToDictionary(static file => Path.GetFileNameWithoutExtension(file.Name), static file => XDocument.Load(file.FullName), StringComparer.Ordinal);

    public static IEnumerable<string> References(string project, string kind) =>
        Projects[project].Descendants(kind).Select(static reference => reference.Attribute("Include")!.Value.Replace('\\', '/'));

    private static DirectoryInfo FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, Solution)))
        {
            folder = folder.Parent;
        }

        return folder ?? throw new InvalidOperationException("The tests run outside the source tree.");
    }
}

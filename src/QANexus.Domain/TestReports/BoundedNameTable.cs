using System.Xml;

namespace QANexus.Domain.TestReports;

/// <summary>The names that the XML reader has met: it forgets none, so there must not be too many.</summary>
internal sealed class BoundedNameTable(int maxNames) : NameTable
{
    private int count;

    public override string Add(char[] key, int start, int len) => Get(key, start, len) ?? Count(base.Add(key, start, len));

    public override string Add(string key) => Get(key) ?? Count(base.Add(key));

    private string Count(string added) => ++count <= maxNames ? added : throw new XmlException($"more than {maxNames} different names of elements and attributes");
}

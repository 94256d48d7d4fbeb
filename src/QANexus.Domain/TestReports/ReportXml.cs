using System.Text;
using System.Xml;

namespace QANexus.Domain.TestReports;

/// <summary>
/// Forward through the XML of a report: no document type, no entity but the five of XML, no resolver, and nothing of unbounded length in memory.
/// Whatever is wrong with it is a <see cref="TestReportException"/> that says where.
/// </summary>
internal sealed class ReportXml : IDisposable
{
    private readonly ReportStream stream;
    private readonly XmlReader reader;
    private readonly TestReportLimits limits;
    private readonly CancellationToken cancellationToken;
    private readonly char[] chunk = new char[16 * 1024];

    // Tools on Windows declare windows-1252 and its like; .NET knows them only when asked to.
    static ReportXml() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    public ReportXml(ReportStream stream, TestReportLimits limits, CancellationToken cancellationToken)
    {
        (this.stream, this.limits, this.cancellationToken) = (stream, limits, cancellationToken);
        reader = XmlReader.Create(stream, new XmlReaderSettings
        {
            Async = true,
            DtdProcessing = DtdProcessing.Prohibit,
            XmlResolver = null,
            NameTable = new BoundedNameTable(limits.MaxNames),
            IgnoreComments = true,
            IgnoreProcessingInstructions = true,

            // Test output holds what XML does not allow, terminal colours above all, and tools write it as it is.
            CheckCharacters = false,
        });
    }

    public TestReportLimits Limits => limits;

    public string LocalName => reader.LocalName;

    public bool IsElement => reader.NodeType == XmlNodeType.Element;

    public bool IsEndElement => reader.NodeType == XmlNodeType.EndElement;

    public bool IsEmptyElement => reader.IsEmptyElement;

    public int Depth => reader.Depth;

    public string? Attribute(string name) => reader.GetAttribute(name);

    /// <summary>To the next node; false at the end of the document.</summary>
    public ValueTask<bool> ReadAsync() => StepAsync(static async xml =>
    {
        var more = await xml.reader.ReadAsync();
        return more && xml.reader.Depth > xml.limits.MaxDepth ? throw xml.Fail($"more than {xml.limits.MaxDepth} elements within one another") : more;
    });

    /// <summary>To the root element.</summary>
    public async ValueTask MoveToRootAsync()
    {
        while (await ReadAsync())
        {
            if (IsElement)
            {
                return;
            }
        }

        throw Fail("there is no element");
    }

    /// <summary>From an element to its end, over everything in it.</summary>
    public async ValueTask SkipAsync() => await ReadTextAsync(0);

    /// <summary>From an element to its end; the beginning of the text in it, that of elements within it included.</summary>
    public async ValueTask<string> ReadTextAsync(int maxLength)
    {
        var text = new StringBuilder();
        if (reader.IsEmptyElement)
        {
            return string.Empty;
        }

        var depth = reader.Depth;
        while (await ReadAsync() && !(IsEndElement && reader.Depth == depth))
        {
            if (reader.NodeType is XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace)
            {
                await ReadChunksAsync(text, maxLength);
            }
        }

        return text.ToString();
    }

    /// <summary>A fault at the present place.</summary>
    public TestReportException Fail(string problem, Exception? innerException = null)
    {
        var place = (IXmlLineInfo)reader;
        return new TestReportException(problem, Math.Max(1, place.LineNumber), Math.Max(1, place.LinePosition), innerException);
    }

    public void Dispose() => reader.Dispose();

    /// <summary>A text may be longer than memory: it is taken in pieces, also where it is only skipped.</summary>
    private async ValueTask ReadChunksAsync(StringBuilder text, int maxLength)
    {
        int count;
        while ((count = await StepAsync(static async xml => await xml.reader.ReadValueChunkAsync(xml.chunk, 0, xml.chunk.Length))) > 0)
        {
            text.Append(chunk, 0, Math.Min(count, maxLength - text.Length));
        }
    }

    private async ValueTask<T> StepAsync<T>(Func<ReportXml, Task<T>> step)
    {
        cancellationToken.ThrowIfCancellationRequested();
        stream.Renew();
        try
        {
            return await step(this);
        }
        catch (XmlException exception)
        {
            throw new TestReportException(Describe(exception), Math.Max(1, exception.LineNumber), Math.Max(1, exception.LinePosition), exception);
        }
        catch (IOException exception) when (stream.IsExceeded)
        {
            throw Fail($"a tag, comment, instruction or white space longer than {limits.MaxMarkupBytes} bytes", exception);
        }
    }

    /// <summary>XmlReader's own words advise to change its settings and repeat the place.</summary>
    private static string Describe(XmlException exception)
    {
        if (exception.Message.Contains("DTD", StringComparison.Ordinal))
        {
            return "a document type declaration (DTD) is not allowed";
        }

        var place = exception.Message.LastIndexOf(" Line ", StringComparison.Ordinal);
        return $"not well-formed XML: {(place < 0 ? exception.Message : exception.Message[..place])}";
    }
}

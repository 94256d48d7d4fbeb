namespace QANexus.LocalHost.Terminal;

/// <summary>
/// A line that says how far something is: rewritten in place on a terminal, one below the other elsewhere. Other lines go through it too,
/// so that they never land in the middle.
/// </summary>
internal sealed class ProgressLine(TextWriter writer, bool isTerminal)
{
    private const string ToLineStart = "\r\e[K";

    private readonly Lock gate = new();
    private string shown = string.Empty;

    public void Show(string text)
    {
        lock (gate)
        {
            if (isTerminal)
            {
                shown = text;
                writer.Write(ToLineStart + text);
                writer.Flush();
            }
            else
            {
                writer.WriteLine(text);
            }
        }
    }

    /// <summary>Writes a line that stays.</summary>
    public void Write(string text)
    {
        lock (gate)
        {
            writer.WriteLine(isTerminal ? ToLineStart + OneLine(text) : OneLine(text));
            if (isTerminal)
            {
                writer.Write(shown);
                writer.Flush();
            }
        }
    }

    /// <summary>What was shown last stays.</summary>
    public void End()
    {
        lock (gate)
        {
            if (isTerminal && shown.Length > 0)
            {
                writer.WriteLine();
                shown = string.Empty;
            }
        }
    }

    /// <summary>Text from a file or a server must not steer the terminal.</summary>
    private static string OneLine(string text) =>
        text.Any(char.IsControl) ? string.Create(text.Length, text, static (span, source) => Blank(source, span)) : text;

    private static void Blank(string source, Span<char> target)
    {
        for (var i = 0; i < source.Length; i++)
        {
            target[i] = char.IsControl(source[i]) ? ' ' : source[i];
        }
    }
}

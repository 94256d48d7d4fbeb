using System.Globalization;
using QANexus.LocalHost.Terminal;

namespace QANexus.LocalHost.Tests.Terminal;

public sealed class ProgressLineTests : IDisposable
{
    private readonly StringWriter writer = new(CultureInfo.InvariantCulture) { NewLine = "\n" };

    [Fact]
    public void On_a_terminal_the_line_is_rewritten_and_others_go_above_it()
    {
        var line = new ProgressLine(writer, isTerminal: true);

        line.Show("one");
        line.Write("trouble");
        line.Show("two");
        line.End();
        line.End();

        Assert.Equal("\r\e[Kone\r\e[Ktrouble\none\r\e[Ktwo\n", writer.ToString());
    }

    [Fact]
    public void Elsewhere_every_line_stays_and_none_steers_the_terminal()
    {
        var line = new ProgressLine(writer, isTerminal: false);

        line.Show("one");
        line.Write("trouble");
        line.Show("two");
        line.End();

        Assert.Equal("one\ntrouble\ntwo\n", writer.ToString());
    }

    [Fact]
    public void Text_from_outside_stays_on_its_line_and_cannot_steer_the_terminal()
    {
        new ProgressLine(writer, isTerminal: false).Write("a\r\nb\e[2Jc\u0007");

        Assert.Equal("a  b [2Jc \n", writer.ToString());
    }

    public void Dispose() => writer.Dispose();
}

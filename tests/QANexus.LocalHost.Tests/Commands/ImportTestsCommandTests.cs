using QANexus.LocalHost.Commands;
using QANexus.LocalHost.TestReports;

namespace QANexus.LocalHost.Tests.Commands;

public sealed class ImportTestsCommandTests
{
    [Fact]
    public void Files_are_imported_into_the_host_on_this_machine_unless_told_otherwise()
    {
        var plain = Read("a.xml", "b.trx", "--tenant", "acme");
        var full = Read("--tenant", "acme", "--url", "https://acme.example/base", "--sprint", "s1", "--release", "r1", "--token", "t", "a.xml");

        Assert.Equal(["a.xml", "b.trx"], plain.Files);
        Assert.Equal((new Uri("http://localhost:7071"), "acme", null, null), (plain.BaseAddress, plain.Tenant, plain.Sprint, plain.Release));
        Assert.Equal(["a.xml"], full.Files);
        Assert.Equal((new Uri("https://acme.example/base"), "acme", "s1", "r1", "t"), (full.BaseAddress, full.Tenant, full.Sprint, full.Release, full.Token));
    }

    [Theory]
    [InlineData("--url must be an http or https URL, not 'localhost'.", "f", "--tenant", "acme", "--url", "localhost")]
    [InlineData("--tenant must be 1-64 of a-z, 0-9 and '-', starting with a letter or digit, not 'ACME'.", "f", "--tenant", "ACME")]
    [InlineData("FILE must not be empty.", "f", "", "--tenant", "acme")]
    [InlineData("Option '--tenant' is required.", "f")]
    [InlineData("Required argument 'FILE' missing for command: 'import-tests'.", "--tenant", "acme")]
    public async Task A_wrong_option_is_one_line_and_exit_code_2_as_nothing_was_imported(string message, params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();

        Assert.Equal(2, await CommandLine.RunAsync(["import-tests", .. arguments], output, error));

        Assert.Equal($"{message} (--help tells more.){Environment.NewLine}", error.ToString());
    }

    private static ReportUploadOptions Read(params string[] arguments)
    {
        var command = new ImportTestsCommand();
        return command.Read(command.Parse(arguments));
    }
}

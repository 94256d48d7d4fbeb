using System.Text.Json.Serialization;
using QANexus.Domain.Words;

namespace QANexus.Domain.TestReports;

/// <summary>The formats that are understood.</summary>
[JsonConverter(typeof(UpperSnakeWords<TestReportFormat>))]
public enum TestReportFormat
{
    /// <summary>JUnit XML, the many dialects of it.</summary>
    Junit,

    /// <summary>Visual Studio's test results.</summary>
    Trx,
}

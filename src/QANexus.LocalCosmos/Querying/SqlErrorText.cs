using System.Text;
using QANexus.LocalCosmos.Resources;
using QANexus.LocalCosmos.Sql;

namespace QANexus.LocalCosmos.Querying;

/// <summary>The service's form of an error in a query.</summary>
internal static class SqlErrorText
{
    public static string Of(SqlException error) => Encoding.UTF8.GetString(JsonBody.Write(writer =>
    {
        writer.WriteStartObject();
        writer.WriteStartArray("errors");
        writer.WriteStartObject();
        writer.WriteString("severity", "Error");
        writer.WriteStartObject("location");
        writer.WriteNumber("start", error.Start);
        writer.WriteNumber("end", error.End);
        writer.WriteEndObject();
        writer.WriteString("code", error.Code);
        writer.WriteString("message", error.Message);
        writer.WriteEndObject();
        writer.WriteEndArray();
        writer.WriteEndObject();
    }).Span);
}

using System.Reflection;
using System.Text.Json;
using QANexus.Api.Responses;

namespace QANexus.Api.Tests.Responses;

public sealed class ApiResultTests
{
    /// <summary>The Functions worker serialises what a function returns once more and sends that to the host.</summary>
    [Fact]
    public void There_is_nothing_in_a_result_for_the_worker_to_serialise()
    {
        object result = new ApiResult(200, [], "application/json", "{}"u8.ToArray());
        object live = new ApiResult(200, [], "text/event-stream", static _ => Task.CompletedTask);

        Assert.Empty(typeof(ApiResult).GetProperties(BindingFlags.Public | BindingFlags.Instance));
        Assert.Equal(["{}", "{}"], [JsonSerializer.Serialize(result), JsonSerializer.Serialize(live)]);
    }
}

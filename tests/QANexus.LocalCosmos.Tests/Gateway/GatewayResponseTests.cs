using System.Text.Json;
using QANexus.LocalCosmos.Gateway;

namespace QANexus.LocalCosmos.Tests.Gateway;

public sealed class GatewayResponseTests
{
    [Fact]
    public void An_error_has_the_services_form()
    {
        var response = GatewayResponse.Error(404, "Owner \"ev\" not found", subStatus: 1003, activityId: "a-1");

        using var body = JsonDocument.Parse(response.Body);
        Assert.Equal(404, response.StatusCode);
        Assert.Equal("1003", response.Headers["X-MS-SUBSTATUS"]);
        Assert.Equal("application/json", response.Headers["content-type"]);
        Assert.Equal("NotFound", body.RootElement.GetProperty("code").GetString());
        Assert.Equal(
            "Message: {\"Errors\":[\"Owner \\\"ev\\\" not found\"]}\r\nActivityId: a-1", body.RootElement.GetProperty("message").GetString());
    }

    [Fact]
    public void An_error_without_substatus_sends_none() =>
        Assert.DoesNotContain(CosmosHeaders.SubStatus, GatewayResponse.Error(409, "exists").Headers.Keys);
}

using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace QANexus.Api.Tests;

public sealed class ApiOptionsTests
{
    [Fact]
    public void Links_carry_the_requests_own_address_where_nothing_is_said() => Assert.Null(new ApiOptions().PublicBaseAddress);

    [Fact]
    public void A_live_feed_shows_life_before_the_load_balancer_and_ends_before_the_function_times_out()
    {
        Assert.Equal(TimeSpan.FromSeconds(15), new ApiOptions().LiveFeedHeartbeat);
        Assert.Equal(TimeSpan.FromMinutes(20), new ApiOptions().LiveFeedDuration);
    }

    [Theory]
    [InlineData("https://events.example.com")]
    [InlineData("http://localhost:7071/base/")]
    public void A_public_address_is_an_absolute_url(string address) => Assert.NotNull(Validate(address).PublicBaseAddress);

    [Theory]
    [InlineData("/base")]
    [InlineData("ftp://events.example.com")]
    [InlineData("https://events.example.com/?tenant=t1")]
    [InlineData("https://events.example.com/#top")]
    public void Anything_else_stops_the_start(string address)
    {
        var failure = Assert.Throws<OptionsValidationException>(() => Validate(address));

        Assert.Contains("PublicBaseAddress must be an absolute http or https URL without query and fragment.", failure.Message, StringComparison.Ordinal);
    }

    private static ApiOptions Validate(string address)
    {
        var services = new ServiceCollection();
        services.AddQANexusApi(options => options.PublicBaseAddress = new Uri(address, UriKind.RelativeOrAbsolute));
        using var provider = services.BuildServiceProvider();
        return provider.GetRequiredService<IOptions<ApiOptions>>().Value;
    }
}

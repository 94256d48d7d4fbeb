using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using QANexus.Api.Requests;

namespace QANexus.Api.Tests.Requests;

public sealed class SpooledBodyTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(200_000)]
    public async Task A_body_is_a_file_from_its_beginning_and_goes_with_it(int length)
    {
        var body = new byte[length];
        Random.Shared.NextBytes(body);
        var request = Request(new MemoryStream(body));

        string path;
        await using (var file = await SpooledBody.ReadAsync(request, maxBytes: 200_000, CancellationToken.None))
        {
            path = file!.Name;
            using var read = new MemoryStream();
            await file.CopyToAsync(read);
            Assert.Equal(body, read.ToArray());
        }

        Assert.False(File.Exists(path));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_body_of_a_byte_too_many_is_none_whether_it_is_announced_or_not(bool isAnnounced)
    {
        var body = new MemoryStream(new byte[100_001]);
        var request = Request(body);
        request.ContentLength = isAnnounced ? body.Length : null;

        Assert.Null(await SpooledBody.ReadAsync(request, maxBytes: 100_000, CancellationToken.None));

        Assert.Equal(isAnnounced ? 0 : body.Length, body.Position);
    }

    [Fact]
    public async Task A_body_that_breaks_off_is_a_failure()
    {
        var request = Request(new BreakingStream());

        await Assert.ThrowsAsync<BadHttpRequestException>(() => SpooledBody.ReadAsync(request, maxBytes: 100_000, CancellationToken.None));
    }

    [Fact]
    public async Task The_servers_own_limit_is_lifted_for_this_body_alone()
    {
        var limit = new Limit();
        var request = Request(new MemoryStream([1]));
        request.HttpContext.Features.Set<IHttpMaxRequestBodySizeFeature>(limit);

        await using var file = await SpooledBody.ReadAsync(request, maxBytes: 1, CancellationToken.None);

        Assert.Null(limit.MaxRequestBodySize);
    }

    private static HttpRequest Request(Stream body)
    {
        var context = new DefaultHttpContext();
        context.Request.Body = body;
        return context.Request;
    }

    private sealed class Limit : IHttpMaxRequestBodySizeFeature
    {
        public bool IsReadOnly => false;

        public long? MaxRequestBodySize { get; set; } = 30_000_000;
    }

    private sealed class BreakingStream : MemoryStream
    {
        private bool hasBegun;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (hasBegun)
            {
                throw new BadHttpRequestException("Unexpected end of request content.");
            }

            hasBegun = true;
            return new(10);
        }
    }
}

using CsCheck;
using QANexus.LocalCosmos.Faults;
using QANexus.LocalCosmos.Routing;
using QANexus.LocalCosmos.Tests.Packaging;

namespace QANexus.LocalCosmos.Tests.Faults;

public sealed class FaultTextTests
{
    private static readonly Gen<TimeSpan> s_times = Gen.Long[1, 10_000_000].Select(TimeSpan.FromMicroseconds);

    private static readonly Gen<Fault> s_faults = Gen.OneOf<Fault>(
        Gen.Select(Gen.Int[400, 599], Gen.Int[0, 5000], s_times.Nullable(), (code, sub, after) => (Fault)new StatusFault(code, sub, after)),
        s_times.Select(by => (Fault)new DelayFault(by)),
        s_times.Select(by => (Fault)new SlowResponseFault(by)),
        Gen.OneOf<Fault>(new CutConnectionFault(), new LostResponseFault(), new CutBodyFault(), new DuplicateFeedFault(), new ReorderedFeedFault()),
        Gen.Select(Gen.Int[0, 9].Nullable(), s_times.Nullable(), (writes, age) => (Fault)new LaggingReplicaFault(writes, age)),
        Gen.Select(Gen.Int[1, 9], s_times.Nullable(), (pages, by) => (Fault)new LateFeedFault(pages, by)),
        Gen.Const<Fault>(new LeaseTheftFault("somebody")));

    private static readonly Gen<FaultRule> s_rules = Gen.Select(
        s_faults, Gen.Enum<RequestKind>().Array[0, 3], Gen.OneOf<string?>(null, "orders", "12"), Gen.Int[0, 9], Gen.Int[0, 9].Nullable(), Gen.Double[0, 1],
        Gen.Int[0, int.MaxValue].Nullable(),
        (fault, requests, container, skip, times, probability, seed) => new FaultRule
        {
            Fault = fault,
            Requests = requests,
            Container = container,
            Skip = skip,
            Times = times,
            Probability = probability,
            Seed = seed,
        });

    [Fact]
    [Proves(Area.Faults, "rules as a line of text")]
    public void A_rule_written_as_text_is_read_as_the_same_rule() => s_rules.Sample(rule =>
    {
        var read = FaultRule.Parse(rule.ToString());

        Assert.Equal(rule.Requests, read.Requests);
        Assert.Equal(rule, read with { Requests = rule.Requests });
    });

    [Theory]
    [InlineData("429", "429")]
    [InlineData("429  probability=0.1 retryafter=100ms container=orders", "429 retryAfter=00:00:00.1000000 container=orders probability=0.1")]
    [InlineData("status statusCode=503 times=2", "503 times=2")]
    [InlineData("LOSTRESPONSE requests=writes", "LostResponse requests=Create,Upsert,Replace,Delete,Patch,Batch")]
    [InlineData("lateFeed by=1.5m", "LateFeed by=00:01:30")]
    [InlineData("delay by=00:00:02 requests=reads,batch skip=3", "Delay by=00:00:02 requests=Read,Query,ReadFeed,ChangeFeed,Batch skip=3")]
    [InlineData("laggingReplica maxWrites=5 maxAge=2s seed=7", "LaggingReplica maxWrites=5 maxAge=00:00:02 seed=7")]
    public void Words_may_be_in_any_case_and_times_in_units(string text, string rule) => Assert.Equal(rule, FaultRule.Parse(text).ToString());

    [Theory]
    [InlineData("", "A fault begins with a status such as 429 or with one of CutBody, CutConnection,")]
    [InlineData("boom", "'boom' is neither a status such as 429 nor one of CutBody, CutConnection,")]
    [InlineData("200", "200 is not a status of an error, which is from 400 to 599.")]
    [InlineData("429 often", "'often' is not of the form name=value.")]
    [InlineData("429 by=2s", "There is no 'by' here, but statusCode, subStatus, retryAfter, requests, container, skip, times, probability, seed.")]
    [InlineData("429 times=1 times=2", "times is there twice.")]
    [InlineData("429 statusCode=500", "statusCode is there twice.")]
    [InlineData("429 times=-1", "times must be a whole number, not '-1'.")]
    [InlineData("429 probability=2", "A probability is between 0 and 1.")]
    [InlineData("429 probability=x", "probability must be a number, not 'x'.")]
    [InlineData("429 requests=Created", "There is no kind of request 'Created'; there are reads, writes, Account,")]
    [InlineData("429 requests=5", "There is no kind of request '5'; there are")]
    [InlineData("429 retryAfter=5", "retryAfter must be a time such as 250ms, 2s or 00:00:02, not '5'.")]
    [InlineData("delay", "JSON deserialization for type")]
    [InlineData("lateFeed", "A late change needs the number of pages or the time that it is late by.")]
    public void What_is_no_rule_is_refused_with_a_line_that_says_why(string text, string reason)
    {
        var refusal = Assert.Throws<FormatException>(() => FaultRule.Parse(text));

        Assert.StartsWith(reason, refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refusal.Message);
    }
}

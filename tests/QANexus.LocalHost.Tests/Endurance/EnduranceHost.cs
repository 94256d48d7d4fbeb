using Microsoft.Extensions.DependencyInjection;
using QANexus.EventStore.Subscriptions;
using QANexus.EventStore.Views;
using QANexus.LocalHost.Commands;
using QANexus.LocalHost.Hosting;
using QANexus.LocalHost.Terminal;

namespace QANexus.LocalHost.Tests.Endurance;

/// <summary>
/// What this assembly is when it is run as a program: the local host with one subscriber more, <see cref="Mailbox"/>, as anybody would write who
/// composes a host of their own. Its first argument is the file of the events that the subscriber cannot read; the others are the local host's.
/// </summary>
internal static class EnduranceHost
{
    public static async Task<int> Main(string[] arguments)
    {
        var serve = new ServeCommand();
        var options = serve.Read(serve.Parse(arguments[1..]));
        var poison = new Poison((await File.ReadAllLinesAsync(arguments[0])).ToHashSet(StringComparer.Ordinal));
        try
        {
            await using var application = await LocalHostApplication.StartAsync(
                options,
                typeof(LocalHostApplication).Assembly.GetTypes(),
                services => services.AddSingleton(poison).AddSubscriberView(Mailbox.View).AddEventSubscriber<Mailbox>(),
                CancellationToken.None);
            StartBanner.Write(Console.Out, application, options);
            await Task.Delay(Timeout.InfiniteTimeSpan);
            return 0;
        }
        catch (LocalHostStartException failure)
        {
            await Console.Error.WriteLineAsync(failure.Message);
            return CommandLine.Failed;
        }
    }
}

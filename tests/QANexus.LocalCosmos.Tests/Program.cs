using QANexus.LocalCosmos.Tests.Storage;

namespace QANexus.LocalCosmos.Tests;

/// <summary>Entry of the process that durability tests start, listen to and kill. The test runner has an entry of its own.</summary>
internal static class Program
{
    public static Task Main(string[] args) => args switch
    {
        [DoomedWriter.Command, var directory, var round] => DoomedWriter.RunAsync(directory, round),
        [RawWriter.Command, var directory, var round] => RawWriter.RunAsync(directory, round),
        _ => throw new ArgumentException("The test runner runs the tests of this assembly; by itself it only serves some of them.", nameof(args)),
    };
}

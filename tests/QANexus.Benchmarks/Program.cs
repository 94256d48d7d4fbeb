using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using QANexus.Benchmarks.Comparison;
using QANexus.Benchmarks.Load;
using QANexus.Benchmarks.RequestUnits;
using QANexus.Benchmarks.Scale;

return args switch
{
    ["load", .. var rest] => await LoadCommand.RunAsync(rest),
    ["marten", .. var rest] => await ComparisonCommand.RunAsync(rest),
    ["ru", .. var rest] => await RequestUnitCommand.RunAsync(rest),
    ["scale", .. var rest] => await ScaleRun.RunAsync(rest),
    [ScaleStore.LoadCommand, var directory, var items] => await ScaleStore.LoadAsync(directory, items),
    [ScaleStore.ServeCommand, var directory, var items] => await ScaleStore.ServeAsync(directory, items),
    _ => Benchmark(args),
};

// In this process: a generated project would be built anew for each of them, and would measure the same code. The least and the median say more than the mean
// where other programs use the machine too.
static int Benchmark(string[] args)
{
    var config = DefaultConfig.Instance
        .AddJob(Job.Default.WithWarmupCount(6).WithIterationCount(15).WithToolchain(InProcessEmitToolchain.Instance))
        .AddColumn(StatisticColumn.Min, StatisticColumn.Median);
    BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args, config);
    return 0;
}

using System.Globalization;

namespace QANexus.LocalCosmos.Charging;

/// <summary>
/// Request units by the published model: figures at given document sizes, linear between them. Sizes are UTF-8 bytes of a document
/// without its system properties; terms are what the index policy makes of it. A model, not a measurement of any account.
/// </summary>
internal static class RequestCharge
{
    private const int Kilobyte = 1024;
    private const double PerTerm = 0.2;
    private const double PerModifiedProperty = 0.4;
    private const double QueryPageBase = 2.8;
    private const double PerQueriedDocument = 0.05;
    private const double PerLoadedMebibyte = 26;

    private static readonly int[] s_sizes =
        [.. new[] { 1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048 }.Select(kilobytes => kilobytes * Kilobyte)];

    private static readonly double[] s_reads = [1.00, 1.04, 1.14, 1.33, 1.67, 2.19, 4.76, 9.95, 20.28, 40.95, 145.9, 291.8];
    private static readonly double[] s_writes = [4.95, 6.29, 6.67, 7.04, 9.52, 11.23, 22.67, 48.19, 98.29, 184.57, 625, 1250];

    /// <summary>A point read; one that finds nothing costs as much as the smallest.</summary>
    public static double PointRead(int bytes) => Interpolate(s_reads, bytes);

    public static double Create(int bytes, int terms) => SizeOfWrite(bytes) + (PerTerm * terms);

    /// <param name="bytes">Size of the new document.</param>
    /// <param name="changedTerms">Terms removed plus terms added.</param>
    public static double Replace(int bytes, int changedTerms) => (2 * SizeOfWrite(bytes)) + (PerTerm * changedTerms);

    public static double Patch(int bytes, int changedTerms, int modifiedProperties) =>
        Replace(bytes, changedTerms) + (PerModifiedProperty * modifiedProperties);

    public static double Delete(int bytes, int terms) => SizeOfWrite(bytes) + (PerTerm * terms);

    /// <summary>A write that failed a condition or a uniqueness check.</summary>
    public static double RefusedWrite(int bytes) => SizeOfWrite(bytes);

    /// <param name="documents">Documents loaded for the page, whether or not they ended up in it.</param>
    /// <param name="loadedBytes">Their sizes added up.</param>
    public static double QueryPage(int documents, long loadedBytes) =>
        QueryPageBase + (PerQueriedDocument * documents) + (PerLoadedMebibyte * loadedBytes / (Kilobyte * Kilobyte));

    /// <summary>A page of a feed: the point reads of what it returns.</summary>
    public static double FeedPage(IEnumerable<int> sizes) => sizes.Sum(PointRead);

    /// <summary>The header's form: two decimals at most, invariant.</summary>
    public static string Format(double charge) => charge.ToString("0.##", CultureInfo.InvariantCulture);

    private static double SizeOfWrite(int bytes) => Interpolate(s_writes, bytes);

    private static double Interpolate(double[] charges, int bytes)
    {
        if (bytes <= s_sizes[0])
            return charges[0];
        var upper = Array.BinarySearch(s_sizes, bytes);
        if (upper >= 0)
            return charges[upper];
        // Beyond the last size the last slope goes on: a document may exceed 2 MB by its system properties only.
        upper = Math.Min(~upper, s_sizes.Length - 1);
        var share = (double)(bytes - s_sizes[upper - 1]) / (s_sizes[upper] - s_sizes[upper - 1]);
        return charges[upper - 1] + (share * (charges[upper] - charges[upper - 1]));
    }
}

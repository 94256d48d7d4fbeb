using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace QANexus.Domain.TestReports;

/// <summary>Gives every test of one report an id that it has in the next one too.</summary>
internal sealed class TestCaseIds
{
    private readonly Dictionary<UInt128, int> seen = [];

    /// <param name="suite">Whole, not as it is kept.</param>
    /// <param name="className">Whole.</param>
    /// <param name="name">Whole.</param>
    public string Next(string? suite, string? className, string? name)
    {
        // A form feed cannot be part of an XML name, so no two tests share a text by where one part ends.
        var digest = SHA256.HashData(Encoding.UTF8.GetBytes($"{suite}\f{className}\f{name}")).AsSpan(0, 16);
        var key = BinaryPrimitives.ReadUInt128BigEndian(digest);
        var count = seen[key] = seen.GetValueOrDefault(key) + 1;
        var id = Convert.ToHexStringLower(digest);
        return count == 1 ? id : string.Create(CultureInfo.InvariantCulture, $"{id}-{count}");
    }
}

using CsCheck;

namespace QANexus.LocalCosmos.Tests.Sql;

internal static class GenMore
{
    /// <summary>One of these texts.</summary>
    public static Gen<string> Text(params string[] texts) => Gen.Int[0, texts.Length - 1].Select(index => texts[index]);
}

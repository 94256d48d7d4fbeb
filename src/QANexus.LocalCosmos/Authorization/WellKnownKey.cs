namespace QANexus.LocalCosmos.Authorization;

/// <summary>The key that the vendor documents for its emulator: public on purpose, so that samples and connection strings work unchanged.</summary>
public static class WellKnownKey
{
    /// <summary>The key in base64, as clients take it.</summary>
    public const string Value = "C2y6yDjf5/R+ob0N8A7Cgv30VRDJIWEHLM+4QDU5DE2nQ9nDuVTqobD4b8mGGyPMbIZnqyMsEcaGQy67XIw/Jw==";
}

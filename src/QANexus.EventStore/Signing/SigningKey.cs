namespace QANexus.EventStore.Signing;

/// <summary>A secret that signs what the store hands out and wants to recognise later.</summary>
/// <param name="Id">Its name, in order of creation.</param>
/// <param name="Secret">At least 32 random bytes.</param>
public sealed record SigningKey(string Id, ReadOnlyMemory<byte> Secret);

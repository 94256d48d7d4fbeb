using System.Security.Cryptography;
using QANexus.EventStore.Signing;

namespace QANexus.Testing.Signing;

/// <summary>Signing keys that a test rotates. As in a process of its own, a new key is seen when somebody asks for a refresh.</summary>
public sealed class RotatingSigningKeys : ISigningKeys
{
    private readonly List<SigningKey> stored = [Key(0)];
    private SigningKeyRing known;

    public RotatingSigningKeys() => known = new SigningKeyRing([.. stored]);

    /// <summary>How often somebody asked for a refresh.</summary>
    public int Refreshes { get; private set; }

    /// <summary>The ring that another process signs with, which has seen every key.</summary>
    public SigningKeyRing Newest => new([.. stored]);

    /// <summary>Adds a key, as another process does.</summary>
    public void Rotate() => stored.Add(Key(stored.Count));

    public ValueTask<SigningKeyRing> GetAsync(bool refresh, CancellationToken cancellationToken)
    {
        if (refresh)
        {
            Refreshes++;
            known = Newest;
        }

        return ValueTask.FromResult(known);
    }

    private static SigningKey Key(int number) => new($"key-{number}", SHA256.HashData([(byte)number]));
}

using System.Security.Cryptography;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using QANexus.Api.Authentication;
using QANexus.LocalHost.Hosting;

namespace QANexus.LocalHost.Authentication;

/// <summary>
/// Tokens that this machine makes for itself, to try what a role may do. They are signed with a key in the data folder, which whoever can read the
/// folder can read too: it protects nothing that the folder does not hold.
/// </summary>
internal sealed class DevelopmentTokens
{
    private const string Issuer = "qanexus-local-host";
    private const string Audience = "qanexus";
    private const string FileName = "development-tokens.key";
    private const int KeyBytes = 32;

    private readonly byte[] key;

    private DevelopmentTokens(byte[] key) => this.key = key;

    /// <summary>Those of a host. One that keeps nothing on this machine has a key of its own, that nobody else knows.</summary>
    /// <exception cref="LocalHostStartException">The key's file cannot be read or made.</exception>
    public static DevelopmentTokens Open(LocalHostOptions options) => options.InMemory || options.CosmosEndpoint is not null
        ? new DevelopmentTokens(RandomNumberGenerator.GetBytes(KeyBytes))
        : Open(options.DataDirectory);

    /// <summary>Those of the hosts on a data folder, running or not.</summary>
    /// <exception cref="LocalHostStartException">The key's file cannot be read or made.</exception>
    public static DevelopmentTokens Open(string dataDirectory)
    {
        var path = Path.Combine(Path.GetFullPath(dataDirectory), FileName);
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            if (!File.Exists(path))
            {
                Create(path);
            }

            var bytes = Convert.FromBase64String(File.ReadAllText(path));
            return bytes.Length == KeyBytes ? new DevelopmentTokens(bytes) : throw new FormatException("it has not 32 bytes");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or FormatException)
        {
            throw new LocalHostStartException(
                $"The key of development tokens, {path}, cannot be used: {failure.Message.ReplaceLineEndings(" ")} Deleting it makes a new one.", failure);
        }
    }

    public void Configure(BearerAuthenticationOptions options)
    {
        options.SigningKey = key;
        options.Issuer = Issuer;
        options.Audiences.Add(Audience);
    }

    /// <param name="name">Who appends in its bearer's name are recorded under.</param>
    /// <param name="grants">What it grants, each <c>{tenant}:{ROLE}</c>.</param>
    /// <param name="lifetime">How long it is valid.</param>
    public string Create(string name, IReadOnlyList<string> grants, TimeSpan lifetime) => new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
    {
        Issuer = Issuer,
        Audience = Audience,
        Claims = new Dictionary<string, object> { ["sub"] = name, ["roles"] = grants },
        Expires = TimeProvider.System.GetUtcNow().Add(lifetime).UtcDateTime,
        SigningCredentials = new SigningCredentials(new SymmetricSecurityKey(key), SecurityAlgorithms.HmacSha256),
    });

    /// <summary>Two programs that start at once agree: the file appears whole, under its name or not at all, and the first one stays.</summary>
    private static void Create(string path)
    {
        var draft = $"{path}.{Guid.CreateVersion7():N}";
        var access = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            access.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using (var writer = new StreamWriter(draft, access))
        {
            writer.Write(Convert.ToBase64String(RandomNumberGenerator.GetBytes(KeyBytes)));
        }

        try
        {
            File.Move(draft, path, overwrite: false);
        }
        catch (IOException) when (File.Exists(path))
        {
            File.Delete(draft);
        }
    }
}

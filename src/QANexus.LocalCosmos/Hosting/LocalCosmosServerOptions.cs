namespace QANexus.LocalCosmos.Hosting;

/// <summary>How a <see cref="LocalCosmosServer"/> listens. It is always on the loopback address: the key is public knowledge.</summary>
public sealed record LocalCosmosServerOptions
{
    /// <summary>The port that the vendor's emulator uses too.</summary>
    public const int DefaultPort = 8081;

    /// <summary>TCP port on 127.0.0.1 and ::1; 0 takes a free one, which <see cref="LocalCosmosServer.Endpoint"/> then names. Default 8081.</summary>
    public int Port { get; init; } = DefaultPort;

    /// <summary>How long disposing waits for requests under way before it cuts them off. Default 5 seconds.</summary>
    public TimeSpan ShutdownTimeout { get; init; } = TimeSpan.FromSeconds(5);
}

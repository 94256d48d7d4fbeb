using System.Globalization;

namespace QANexus.Benchmarks.Load;

/// <summary>What to send to which host.</summary>
internal sealed record LoadOptions
{
    public const string Usage = """
        load [--url URL] [--tenant NAME] [--token TOKEN] [--writers N] [--readers N] [--streams N] [--batch EVENTS] [--bytes N] [--rate APPENDS_A_SECOND]
             [--duration SECONDS] [--warm-up SECONDS] [--pid PROCESS_OF_THE_HOST] [--json FILE] [--allow-remote]
        """;

    /// <summary>The host. Loopback only, unless <see cref="AllowRemote"/>.</summary>
    public Uri Url { get; init; } = new("http://localhost:7071/");

    public string Tenant { get; init; } = "load";

    /// <summary>A bearer token; null for none.</summary>
    public string? Token { get; init; }

    /// <summary>Appends under way at a time, at most.</summary>
    public int Writers { get; init; } = 16;

    /// <summary>Readers, each reading the newest page of some stream as soon as it has the one before.</summary>
    public int Readers { get; init; }

    /// <summary>Streams that the writers share. With fewer streams than writers they conflict.</summary>
    public int Streams { get; init; } = 64;

    /// <summary>Events of an append.</summary>
    public int Batch { get; init; } = 10;

    /// <summary>Bytes of an event's data.</summary>
    public int Bytes { get; init; } = 200;

    /// <summary>Appends a second that arrive whatever the host does; null sends the next one when the one before is answered.</summary>
    public double? Rate { get; init; }

    public TimeSpan Duration { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long to send before anything counts.</summary>
    public TimeSpan WarmUp { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>The host's process, where its CPU time and memory are to be reported.</summary>
    public int? ProcessId { get; init; }

    /// <summary>Where to write the report as JSON.</summary>
    public string? JsonFile { get; init; }

    public bool AllowRemote { get; init; }

    /// <exception cref="FormatException">An argument is unknown, lacks its value, or has one that makes no sense.</exception>
    public static LoadOptions Parse(IReadOnlyList<string> arguments)
    {
        var options = new LoadOptions();
        for (var i = 0; i < arguments.Count; i++)
        {
            options = arguments[i] == "--allow-remote"
                ? options with { AllowRemote = true }
                : options.With(arguments[i], ++i < arguments.Count ? arguments[i] : throw new FormatException($"{arguments[i - 1]} needs a value."));
        }

        return options.Url.IsLoopback || options.AllowRemote
            ? options
            : throw new FormatException($"{options.Url} is another machine. Load on it may cost money and disturb others: say --allow-remote if it is meant.");
    }

    private LoadOptions With(string name, string value) => name switch
    {
        "--url" => this with { Url = Address(value) },
        "--tenant" => this with { Tenant = value },
        "--token" => this with { Token = value },
        "--writers" => this with { Writers = Whole(name, value, 1, 10_000) },
        "--readers" => this with { Readers = Whole(name, value, 0, 10_000) },
        "--streams" => this with { Streams = Whole(name, value, 1, 1_000_000) },
        "--batch" => this with { Batch = Whole(name, value, 1, 1_000) },
        "--bytes" => this with { Bytes = Whole(name, value, 20, 256 * 1024) },
        "--rate" => this with { Rate = Number(name, value, 0.1, 1_000_000) },
        "--duration" => this with { Duration = TimeSpan.FromSeconds(Number(name, value, 0.1, 86_400)) },
        "--warm-up" => this with { WarmUp = TimeSpan.FromSeconds(Number(name, value, 0, 3_600)) },
        "--pid" => this with { ProcessId = Whole(name, value, 1, int.MaxValue) },
        "--json" => this with { JsonFile = value },
        _ => throw new FormatException($"{name} is unknown.\n{Usage}"),
    };

    private static Uri Address(string text) =>
        Uri.TryCreate(text.EndsWith('/') ? text : text + "/", UriKind.Absolute, out var url) && url.Scheme is "http" or "https"
            ? url
            : throw new FormatException($"{text} is no address of HTTP.");

    private static int Whole(string name, string text, int least, int most) => (int)Number(name, text, least, most, NumberStyles.None);

    private static double Number(string name, string text, double least, double most, NumberStyles style = NumberStyles.AllowDecimalPoint) =>
        double.TryParse(text, style, CultureInfo.InvariantCulture, out var value) && value >= least && value <= most
            ? value
            : throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"{name} is a number from {least} to {most}."));
}

using System.Globalization;
using System.Text;

namespace QANexus.EventStore.Json;

/// <summary>Where a reader stands in a JSON text, kept so that a violation can be named by its JSON pointer.</summary>
internal sealed class JsonPath
{
    private readonly Stack<Level> levels = new();

    /// <summary>A value starts: in an array it has the next index.</summary>
    public void BeginValue()
    {
        if (levels.TryPeek(out var level) && level.Names is null)
        {
            level.Index++;
        }
    }

    public void Enter(bool isObject) => levels.Push(new Level(isObject ? new HashSet<string>(StringComparer.Ordinal) : null));

    public void Leave() => levels.Pop();

    /// <summary>A member starts; false where its object has one of that name already.</summary>
    public bool Name(string name)
    {
        var level = levels.Peek();
        level.Current = name;
        return level.Names!.Add(name);
    }

    /// <inheritdoc/>
    public override string ToString()
    {
        var pointer = new StringBuilder();
        foreach (var level in levels.Reverse())
        {
            if (level.Names is null)
            {
                pointer.Append(CultureInfo.InvariantCulture, $"/{Math.Max(level.Index, 0)}");
            }
            else if (level.Current is { } name)
            {
                pointer.Append('/').Append(InternetJson.PointerPart(name));
            }
        }

        return pointer.ToString();
    }

    private sealed class Level(HashSet<string>? names)
    {
        public HashSet<string>? Names { get; } = names;

        public string? Current { get; set; }

        public int Index { get; set; } = -1;
    }
}

using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace QANexus.EndToEnd.Tests.Fuzzing;

/// <summary>Spoils a body a little, so that it gets as far as possible.</summary>
internal static class BodyMutation
{
    public static byte[] Apply(JsonNode? body, Random random)
    {
        var text = JsonSerializer.Serialize(body);
        return random.Next(10) switch
        {
            < 3 => Encoding.UTF8.GetBytes(ReplaceValue(body, random)),
            3 => Encoding.UTF8.GetBytes(AddMember(body, random)),
            4 => Encoding.UTF8.GetBytes(RemoveMember(body, random)),
            5 => Encoding.UTF8.GetBytes(text[..random.Next(text.Length)]),
            6 => Encoding.UTF8.GetBytes(text.Insert(random.Next(text.Length), Hostile.Values[random.Next(Hostile.Values.Length)])),
            7 => FlipByte(Encoding.UTF8.GetBytes(text), random),
            8 => Encoding.UTF8.GetBytes("/**/ " + text + " //"),
            _ => Hostile.Bodies[random.Next(Hostile.Bodies.Length)],
        };
    }

    /// <summary>As a text, because some of what is put in is no JSON.</summary>
    private static string ReplaceValue(JsonNode? body, Random random)
    {
        const string Mark = "\"\u0001\"";
        var copy = body?.DeepClone();
        switch (Pick(copy, random))
        {
            case JsonObject { Count: > 0 } at:
                at[at.ElementAt(random.Next(at.Count)).Key] = "\u0001";
                break;
            case JsonArray { Count: > 0 } at:
                at[random.Next(at.Count)] = "\u0001";
                break;
            default:
                copy = "\u0001";
                break;
        }

        var value = random.Next(8) == 0 ? JsonSerializer.Serialize(Hostile.Texts[random.Next(Hostile.Texts.Length)]) : Hostile.Values[random.Next(Hostile.Values.Length)];
        return JsonSerializer.Serialize(copy).Replace("\"\\u0001\"", value, StringComparison.Ordinal).Replace(Mark, value, StringComparison.Ordinal);
    }

    private static string AddMember(JsonNode? body, Random random)
    {
        var copy = body?.DeepClone();
        if (Pick(copy, random) is JsonObject at)
        {
            at[Hostile.Texts[random.Next(Hostile.Texts.Length)]] = random.Next();
        }

        return JsonSerializer.Serialize(copy);
    }

    private static string RemoveMember(JsonNode? body, Random random)
    {
        var copy = body?.DeepClone();
        if (Pick(copy, random) is JsonObject { Count: > 0 } at)
        {
            at.Remove(at.ElementAt(random.Next(at.Count)).Key);
        }

        return JsonSerializer.Serialize(copy);
    }

    private static byte[] FlipByte(byte[] utf8, Random random)
    {
        utf8[random.Next(utf8.Length)] = (byte)random.Next(256);
        return utf8;
    }

    private static JsonNode? Pick(JsonNode? root, Random random)
    {
        List<JsonNode> containers = [];
        Collect(root, containers);
        return containers.Count == 0 ? root : containers[random.Next(containers.Count)];
    }

    private static void Collect(JsonNode? node, List<JsonNode> found)
    {
        if (node is JsonObject or JsonArray)
        {
            found.Add(node);
            foreach (var child in node is JsonObject members ? members.Select(static member => member.Value) : node.AsArray())
            {
                Collect(child, found);
            }
        }
    }
}

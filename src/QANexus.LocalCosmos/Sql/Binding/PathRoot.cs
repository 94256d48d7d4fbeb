using QANexus.LocalCosmos.Sql.Syntax;

namespace QANexus.LocalCosmos.Sql.Binding;

/// <summary>Where a path in FROM starts.</summary>
internal static class PathRoot
{
    public static Identifier Of(Expression path)
    {
        while (path is Member or Element)
            path = path is Member member ? member.Target : ((Element)path).Target;
        return (Identifier)path;
    }
}

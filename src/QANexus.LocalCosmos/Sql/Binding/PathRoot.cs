using QANexus.LocalCosmos.Sql.Syntax;

namespace QANexus.LocalCosmos.Sql.Binding;

/// <summary>Where a path in FROM starts.</summary>
internal static class PathRoot
{
    public static Identifier Of(Expression path)
    {
        while (path is not Identifier)
        {
            path = path switch
            {
                Member member => member.Target,
                Element element => element.Target,
                ParameterStep step => step.Target,
                _ => throw new ArgumentOutOfRangeException(nameof(path)),
            };
        }

        return (Identifier)path;
    }
}

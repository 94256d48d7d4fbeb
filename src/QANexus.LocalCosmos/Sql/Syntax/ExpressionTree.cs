namespace QANexus.LocalCosmos.Sql.Syntax;

/// <summary>Walks expressions. Subqueries are leaves: what is in them belongs to them.</summary>
internal static class ExpressionTree
{
    /// <summary>The expression and all below it, in no particular order.</summary>
    public static IEnumerable<Expression> Flatten(Expression root)
    {
        var pending = new Stack<Expression>([root]);
        while (pending.TryPop(out var expression))
        {
            yield return expression;
            foreach (var child in Children(expression))
                pending.Push(child);
        }
    }

    /// <summary>The operands of a chain of one operator, such as all conjuncts of an AND, in their order.</summary>
    public static List<Expression> Operands(Expression root, BinaryOperator kind)
    {
        var operands = new List<Expression>();
        var pending = new Stack<Expression>([root]);
        while (pending.TryPop(out var expression))
        {
            if (expression is Binary binary && binary.Operator == kind)
            {
                pending.Push(binary.Right);
                pending.Push(binary.Left);
            }
            else
            {
                operands.Add(expression);
            }
        }

        return operands;
    }

    /// <summary>What a SELECT clause returns.</summary>
    public static IEnumerable<Expression> Selected(SelectSpec spec) => spec switch
    {
        SelectValue value => [value.Expression],
        SelectList list => list.Items.Select(static item => item.Expression),
        _ => [],
    };

    /// <summary>The expressions that an expression is directly made of.</summary>
    public static IEnumerable<Expression> Children(Expression expression) => expression switch
    {
        Member member => [member.Target],
        Element element => [element.Target],
        ParameterStep step => [step.Target],
        Unary unary => [unary.Operand],
        Binary binary => [binary.Left, binary.Right],
        Conditional conditional => [conditional.Condition, conditional.Then, conditional.Else],
        Between between => [between.Value, between.Low, between.High],
        In contained => contained.Items.Prepend(contained.Value),
        Like like => [like.Value, like.Pattern],
        Call call => call.Arguments,
        ArrayConstructor array => array.Items,
        ObjectConstructor constructed => constructed.Properties.Select(static property => property.Value),
        _ => [],
    };
}

using System.Globalization;
using System.Text;
using QANexus.LocalCosmos.Sql.Values;

namespace QANexus.LocalCosmos.Sql.Syntax;

/// <summary>
/// Prints a query as the service's own query-plan library prints it, to the blank: every binary expression in parentheses, one clause a line,
/// subqueries indented.
/// </summary>
internal sealed class Printer
{
    private readonly StringBuilder output = new();
    private readonly bool canonical;
    private int indent;

    private Printer(bool canonical = false) => this.canonical = canonical;

    public static string Print(SelectQuery query)
    {
        var printer = new Printer();
        printer.PrintQuery(query);
        return printer.output.ToString();
    }

    public static string Print(Expression expression)
    {
        var printer = new Printer();
        printer.PrintExpression(expression);
        return printer.output.ToString();
    }

    /// <summary>Prints expressions that mean the same, but for the way their names are written, alike.</summary>
    public static string PrintCanonical(Expression expression)
    {
        var printer = new Printer(canonical: true);
        printer.PrintExpression(expression);
        return printer.output.ToString();
    }

    public static string Quote(string value) =>
        Encoding.UTF8.GetString(SqlValueWriter.ToJson(SqlValue.FromString(value)));

    public static string Symbol(BinaryOperator kind) => kind switch
    {
        BinaryOperator.Coalesce => "??",
        BinaryOperator.Or => "OR",
        BinaryOperator.And => "AND",
        BinaryOperator.Equal => "=",
        BinaryOperator.NotEqual => "!=",
        BinaryOperator.Less => "<",
        BinaryOperator.LessOrEqual => "<=",
        BinaryOperator.Greater => ">",
        BinaryOperator.GreaterOrEqual => ">=",
        BinaryOperator.BitwiseOr => "|",
        BinaryOperator.BitwiseXor => "^",
        BinaryOperator.BitwiseAnd => "&",
        BinaryOperator.ShiftLeft => "<<",
        BinaryOperator.ShiftRight => ">>",
        BinaryOperator.ShiftRightZero => ">>>",
        BinaryOperator.Add => "+",
        BinaryOperator.Subtract => "-",
        BinaryOperator.Concat => "||",
        BinaryOperator.Multiply => "*",
        BinaryOperator.Divide => "/",
        _ => "%",
    };

    private void PrintQuery(SelectQuery query)
    {
        PrintSelect(query.Select);
        if (query.From is not null)
        {
            Line();
            output.Append("FROM ");
            PrintSource(query.From);
        }

        if (query.Where is not null)
        {
            Line();
            output.Append("WHERE ");
            PrintExpression(query.Where);
        }

        if (query.GroupBy.Count > 0)
        {
            Line();
            output.Append("GROUP BY ");
            PrintList(query.GroupBy, PrintExpression);
        }

        if (query.OrderBy.Count > 0)
        {
            Line();
            output.Append("ORDER BY ");
            PrintList(query.OrderBy, PrintOrderBy);
        }

        if (query.OffsetLimit is not null)
        {
            Line();
            output.Append("OFFSET ");
            PrintExpression(query.OffsetLimit.Offset);
            output.Append(" LIMIT ");
            PrintExpression(query.OffsetLimit.Limit);
        }
    }

    private void PrintSelect(SelectClause select)
    {
        output.Append("SELECT ");
        if (select.Distinct)
            output.Append("DISTINCT ");
        if (select.Top is not null)
        {
            output.Append("TOP ");
            PrintExpression(select.Top);
            output.Append(' ');
        }

        switch (select.Spec)
        {
            case SelectStar:
                output.Append('*');
                break;
            case SelectValue value:
                output.Append("VALUE ");
                PrintExpression(value.Expression);
                break;
            case SelectList list:
                PrintList(list.Items, PrintItem);
                break;
        }
    }

    private void PrintItem(SelectItem item)
    {
        PrintExpression(item.Expression);
        if (item.Alias is not null)
            output.Append(" AS ").Append(IsName(item.Alias) ? item.Alias : Quote(item.Alias));
    }

    private void PrintOrderBy(OrderByItem item)
    {
        PrintExpression(item.Expression);
        if (item.Direction is { } direction)
            output.Append(direction == SortDirection.Ascending ? " ASC" : " DESC");
    }

    private void PrintSource(Source source)
    {
        switch (source)
        {
            case JoinSource join:
                PrintSource(join.Left);
                Line();
                output.Append("JOIN ");
                PrintSource(join.Right);
                break;
            case IteratorSource iterator:
                output.Append(iterator.Alias).Append(" IN ");
                PrintCollection(iterator.Collection);
                break;
            case AliasedSource aliased:
                PrintCollection(aliased.Collection);
                if (aliased.Alias is not null)
                    output.Append(" AS ").Append(aliased.Alias);
                break;
        }
    }

    private void PrintCollection(Collection collection)
    {
        if (collection is PathCollection path)
            PrintExpression(path.Path);
        else
            PrintSubquery("", ((SubqueryCollection)collection).Query);
    }

    private void PrintExpression(Expression expression)
    {
        switch (expression)
        {
            case UndefinedLiteral:
                output.Append("undefined");
                break;
            case NullLiteral:
                output.Append("null");
                break;
            case BooleanLiteral literal:
                output.Append(literal.Value ? "true" : "false");
                break;
            case NumberLiteral literal:
                output.Append(SqlValueWriter.FormatNumber(literal.Value));
                break;
            case StringLiteral literal:
                output.Append(Quote(literal.Value));
                break;
            case ParameterReference parameter:
                output.Append(parameter.Name);
                break;
            case Identifier identifier:
                output.Append(identifier.Name);
                break;
            case Member member:
                PrintMember(member);
                break;
            case Element element:
                PrintExpression(element.Target);
                output.Append('[').Append(SqlValueWriter.FormatNumber(element.Index)).Append(']');
                break;
            case ParameterStep step:
                PrintExpression(step.Target);
                output.Append('[').Append(step.Parameter.Name).Append(']');
                break;
            case Unary unary:
                PrintUnary(unary);
                break;
            case Binary binary:
                PrintBinary(binary);
                break;
            default:
                PrintComposite(expression);
                break;
        }
    }

    private void PrintComposite(Expression expression)
    {
        switch (expression)
        {
            case Conditional conditional:
                Parenthesize(conditional.Condition, " ? ", conditional.Then, " : ", conditional.Else);
                break;
            case Between between:
                Parenthesize(between.Value, between.Negated ? " NOT BETWEEN " : " BETWEEN ", between.Low, " AND ", between.High);
                break;
            case In contained:
                output.Append('(');
                PrintExpression(contained.Value);
                // The blank too many is the library's.
                output.Append(contained.Negated ? " NOT  IN (" : " IN (");
                PrintList(contained.Items, PrintExpression);
                output.Append("))");
                break;
            case Like like:
                PrintLike(like);
                break;
            case Call call:
                output.Append(call.IsUserDefined ? "udf." : "").Append(canonical && !call.IsUserDefined ? call.Name.ToUpperInvariant() : call.Name).Append('(');
                PrintList(call.Arguments, PrintExpression);
                output.Append(')');
                break;
            case ArrayConstructor array:
                output.Append('[');
                PrintList(array.Items, PrintExpression);
                output.Append(']');
                break;
            case ObjectConstructor constructed:
                output.Append('{');
                PrintList(constructed.Properties, PrintProperty);
                output.Append('}');
                break;
            case Subquery subquery:
                PrintSubquery(subquery);
                break;
        }
    }

    private void PrintMember(Member member)
    {
        PrintExpression(member.Target);
        if (member.Quoted || canonical)
            output.Append('[').Append(Quote(member.Name)).Append(']');
        else
            output.Append('.').Append(member.Name);
    }

    private void PrintUnary(Unary unary)
    {
        string symbol = unary.Operator switch
        {
            UnaryOperator.Not => "NOT",
            UnaryOperator.Minus => "-",
            UnaryOperator.Plus => "+",
            _ => "~",
        };
        output.Append(CultureInfo.InvariantCulture, $"({symbol} ");
        PrintExpression(unary.Operand);
        output.Append(')');
    }

    /// <summary>A chain of one logical operator may be longer than the stack is deep, so its left spine is walked in a loop.</summary>
    private void PrintBinary(Binary binary)
    {
        var chain = new Stack<Binary>([binary]);
        if (binary.Operator is BinaryOperator.And or BinaryOperator.Or)
        {
            while (chain.Peek().Left is Binary left && left.Operator == binary.Operator)
                chain.Push(left);
        }

        output.Append('(', chain.Count);
        PrintExpression(chain.Peek().Left);
        foreach (var link in chain)
        {
            output.Append(' ').Append(Symbol(link.Operator)).Append(' ');
            PrintExpression(link.Right);
            output.Append(')');
        }
    }

    private void PrintLike(Like like)
    {
        output.Append('(');
        PrintExpression(like.Value);
        output.Append(like.Negated ? " NOT LIKE " : " LIKE ");
        PrintExpression(like.Pattern);
        if (like.Escape is not null)
        {
            output.Append(" ESCAPE ");
            PrintExpression(like.Escape);
        }

        output.Append(')');
    }

    private void PrintProperty(ObjectProperty property)
    {
        output.Append(Quote(property.Name)).Append(": ");
        PrintExpression(property.Value);
    }

    private void PrintSubquery(Subquery subquery)
    {
        switch (subquery.Kind)
        {
            case SubqueryKind.Exists:
                PrintSubquery("EXISTS", subquery.Query);
                break;
            case SubqueryKind.Array:
                // The library indents these twice.
                indent++;
                PrintSubquery("ARRAY", subquery.Query);
                indent--;
                break;
            default:
                PrintSubquery("", subquery.Query);
                break;
        }
    }

    private void PrintSubquery(string keyword, SelectQuery query)
    {
        output.Append(keyword).Append('(');
        indent++;
        Line();
        PrintQuery(query);
        indent--;
        Line();
        output.Append(')');
    }

    private void Parenthesize(Expression first, string separator, Expression second, string last, Expression third)
    {
        output.Append('(');
        PrintExpression(first);
        output.Append(separator);
        PrintExpression(second);
        output.Append(last);
        PrintExpression(third);
        output.Append(')');
    }

    private void PrintList<T>(IReadOnlyList<T> items, Action<T> print)
    {
        for (int i = 0; i < items.Count; i++)
        {
            if (i > 0)
                output.Append(", ");
            print(items[i]);
        }
    }

    private static bool IsName(string text) =>
        text.Length > 0 && !char.IsNumber(text[0]) && text.All(static c => char.IsLetterOrDigit(c) || char.IsNumber(c) || c == '_') &&
        text != "udf" && !Keywords.All.Contains(text.ToUpperInvariant());

    private void Line() => output.Append('\n').Append(' ', 4 * indent);
}

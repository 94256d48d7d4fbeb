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
    private readonly StringBuilder _output = new();
    private readonly bool _canonical;
    private int _indent;

    private Printer(bool canonical = false) => _canonical = canonical;

    public static string Print(SelectQuery query)
    {
        var printer = new Printer();
        printer.PrintQuery(query);
        return printer._output.ToString();
    }

    public static string Print(Expression expression)
    {
        var printer = new Printer();
        printer.PrintExpression(expression);
        return printer._output.ToString();
    }

    /// <summary>Prints expressions that mean the same, but for the way their names are written, alike.</summary>
    public static string PrintCanonical(Expression expression)
    {
        var printer = new Printer(canonical: true);
        printer.PrintExpression(expression);
        return printer._output.ToString();
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
            _output.Append("FROM ");
            PrintSource(query.From);
        }

        if (query.Where is not null)
        {
            Line();
            _output.Append("WHERE ");
            PrintExpression(query.Where);
        }

        if (query.GroupBy.Count > 0)
        {
            Line();
            _output.Append("GROUP BY ");
            PrintList(query.GroupBy, PrintExpression);
        }

        if (query.OrderBy.Count > 0)
        {
            Line();
            _output.Append("ORDER BY ");
            PrintList(query.OrderBy, PrintOrderBy);
        }

        if (query.OffsetLimit is not null)
        {
            Line();
            _output.Append("OFFSET ");
            PrintExpression(query.OffsetLimit.Offset);
            _output.Append(" LIMIT ");
            PrintExpression(query.OffsetLimit.Limit);
        }
    }

    private void PrintSelect(SelectClause select)
    {
        _output.Append("SELECT ");
        if (select.Distinct)
            _output.Append("DISTINCT ");
        if (select.Top is not null)
        {
            _output.Append("TOP ");
            PrintExpression(select.Top);
            _output.Append(' ');
        }

        switch (select.Spec)
        {
            case SelectStar:
                _output.Append('*');
                break;
            case SelectValue value:
                _output.Append("VALUE ");
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
            _output.Append(" AS ").Append(IsName(item.Alias) ? item.Alias : Quote(item.Alias));
    }

    private void PrintOrderBy(OrderByItem item)
    {
        PrintExpression(item.Expression);
        if (item.Direction is { } direction)
            _output.Append(direction == SortDirection.Ascending ? " ASC" : " DESC");
    }

    private void PrintSource(Source source)
    {
        switch (source)
        {
            case JoinSource join:
                PrintSource(join.Left);
                Line();
                _output.Append("JOIN ");
                PrintSource(join.Right);
                break;
            case IteratorSource iterator:
                _output.Append(iterator.Alias).Append(" IN ");
                PrintCollection(iterator.Collection);
                break;
            case AliasedSource aliased:
                PrintCollection(aliased.Collection);
                if (aliased.Alias is not null)
                    _output.Append(" AS ").Append(aliased.Alias);
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
                _output.Append("undefined");
                break;
            case NullLiteral:
                _output.Append("null");
                break;
            case BooleanLiteral literal:
                _output.Append(literal.Value ? "true" : "false");
                break;
            case NumberLiteral literal:
                // Divided by, it makes a difference.
                _output.Append(double.IsNegative(literal.Value) && literal.Value == 0 ? "-0" : SqlValueWriter.FormatNumber(literal.Value));
                break;
            case StringLiteral literal:
                _output.Append(Quote(literal.Value));
                break;
            case ParameterReference parameter:
                _output.Append(parameter.Name);
                break;
            case Identifier identifier:
                _output.Append(identifier.Name);
                break;
            case Member member:
                PrintMember(member);
                break;
            case Element element:
                PrintExpression(element.Target);
                _output.Append('[').Append(SqlValueWriter.FormatNumber(element.Index)).Append(']');
                break;
            case ParameterStep step:
                PrintExpression(step.Target);
                _output.Append('[').Append(step.Parameter.Name).Append(']');
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
                _output.Append('(');
                PrintExpression(contained.Value);
                // The blank too many is the library's.
                _output.Append(contained.Negated ? " NOT  IN (" : " IN (");
                PrintList(contained.Items, PrintExpression);
                _output.Append("))");
                break;
            case Like like:
                PrintLike(like);
                break;
            case Call call:
                _output.Append(call.IsUserDefined ? "udf." : "").Append(_canonical && !call.IsUserDefined ? call.Name.ToUpperInvariant() : call.Name).Append('(');
                PrintList(call.Arguments, PrintExpression);
                _output.Append(')');
                break;
            case ArrayConstructor array:
                _output.Append('[');
                PrintList(array.Items, PrintExpression);
                _output.Append(']');
                break;
            case ObjectConstructor constructed:
                _output.Append('{');
                PrintList(constructed.Properties, PrintProperty);
                _output.Append('}');
                break;
            case Subquery subquery:
                PrintSubquery(subquery);
                break;
        }
    }

    private void PrintMember(Member member)
    {
        PrintExpression(member.Target);
        if (member.Quoted || _canonical)
            _output.Append('[').Append(Quote(member.Name)).Append(']');
        else
            _output.Append('.').Append(member.Name);
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
        _output.Append(CultureInfo.InvariantCulture, $"({symbol} ");
        PrintExpression(unary.Operand);
        _output.Append(')');
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

        _output.Append('(', chain.Count);
        PrintExpression(chain.Peek().Left);
        foreach (var link in chain)
        {
            _output.Append(' ').Append(Symbol(link.Operator)).Append(' ');
            PrintExpression(link.Right);
            _output.Append(')');
        }
    }

    private void PrintLike(Like like)
    {
        _output.Append('(');
        PrintExpression(like.Value);
        _output.Append(like.Negated ? " NOT LIKE " : " LIKE ");
        PrintExpression(like.Pattern);
        if (like.Escape is not null)
        {
            _output.Append(" ESCAPE ");
            PrintExpression(like.Escape);
        }

        _output.Append(')');
    }

    private void PrintProperty(ObjectProperty property)
    {
        _output.Append(Quote(property.Name)).Append(": ");
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
                _indent++;
                PrintSubquery("ARRAY", subquery.Query);
                _indent--;
                break;
            default:
                PrintSubquery("", subquery.Query);
                break;
        }
    }

    private void PrintSubquery(string keyword, SelectQuery query)
    {
        _output.Append(keyword).Append('(');
        _indent++;
        Line();
        PrintQuery(query);
        _indent--;
        Line();
        _output.Append(')');
    }

    private void Parenthesize(Expression first, string separator, Expression second, string last, Expression third)
    {
        _output.Append('(');
        PrintExpression(first);
        _output.Append(separator);
        PrintExpression(second);
        _output.Append(last);
        PrintExpression(third);
        _output.Append(')');
    }

    private void PrintList<T>(IReadOnlyList<T> items, Action<T> print)
    {
        for (int i = 0; i < items.Count; i++)
        {
            if (i > 0)
                _output.Append(", ");
            print(items[i]);
        }
    }

    private static bool IsName(string text) =>
        text.Length > 0 && !char.IsNumber(text[0]) && text.All(static c => char.IsLetterOrDigit(c) || char.IsNumber(c) || c == '_') &&
        text != "udf" && !Keywords.All.Contains(text.ToUpperInvariant());

    private void Line() => _output.Append('\n').Append(' ', 4 * _indent);
}

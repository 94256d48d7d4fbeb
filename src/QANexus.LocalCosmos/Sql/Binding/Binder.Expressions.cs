using System.Text;
using QANexus.LocalCosmos.Sql.Aggregates;
using QANexus.LocalCosmos.Sql.Functions;
using QANexus.LocalCosmos.Sql.Syntax;
using QANexus.LocalCosmos.Sql.Values;

namespace QANexus.LocalCosmos.Sql.Binding;

/// <summary>Expressions.</summary>
internal sealed partial class Binder
{
    private Evaluator Bind(Expression expression, Scope scope) => BindIn(null, expression, scope);

    /// <summary>Compiles an expression over the groups of a query or, where there is no group, over its rows.</summary>
    private Evaluator BindIn(GroupScope? group, Expression expression, Scope scope)
    {
        if (group is not null && group.TryFindKey(expression, out int key))
            return frame => frame.Slots[key];
        switch (expression)
        {
            case UndefinedLiteral:
                return static _ => SqlValue.Undefined;
            case NullLiteral:
                return static _ => SqlValue.Null;
            case BooleanLiteral literal:
                return Constant(SqlValue.FromBoolean(literal.Value));
            case NumberLiteral or StringLiteral or ParameterReference:
                return Constant(BindConstant(expression));
            case Identifier or Member or Element or ParameterStep:
                return BindProperty(group, expression, scope);
            case Unary unary:
                var operand = BindIn(group, unary.Operand, scope);
                return frame => Operators.Apply(unary.Operator, operand(frame));
            case Binary binary:
                return BindBinary(group, binary, scope);
            case Conditional conditional:
                var condition = BindIn(group, conditional.Condition, scope);
                var then = BindIn(group, conditional.Then, scope);
                var otherwise = BindIn(group, conditional.Else, scope);
                return frame => condition(frame).IsTrue ? then(frame) : otherwise(frame);
            case Between between:
                return BindBetween(group, between, scope);
            case In contained:
                return BindIn(group, contained, scope);
            case Like like:
                return BindLike(group, like, scope);
            case Call call:
                return BindCall(group, call, scope);
            case ArrayConstructor array:
                return BindArray([.. array.Items.Select(item => BindIn(group, item, scope))]);
            case ObjectConstructor constructed:
                return BindObject(group, constructed, scope);
            case Subquery subquery:
                // It would see the last row of a group, which is none of its rows in particular.
                return group is null ? BindSubquery(subquery, scope) : throw SqlException.NotSupported("subquery over groups", subquery.Span);
            default:
                throw new ArgumentOutOfRangeException(nameof(expression));
        }
    }

    private static Evaluator Constant(SqlValue value) => _ => value;

    private Evaluator BindProperty(GroupScope? group, Expression path, Scope scope)
    {
        var steps = new Stack<PathStep?>();
        var target = path;
        while (true)
        {
            switch (target)
            {
                case Member member:
                    steps.Push(PathStep.Member(member.Name));
                    target = member.Target;
                    continue;
                case Element element:
                    steps.Push(PathStep.Element(element.Index));
                    target = element.Target;
                    continue;
                case ParameterStep step:
                    steps.Push(BindStep(step));
                    target = step.Target;
                    continue;
            }

            break;
        }

        var start = target is Identifier identifier ? BindIdentifier(group, identifier, path, scope) : BindIn(group, target, scope);
        if (steps.Contains(null))
            return static _ => SqlValue.Undefined;
        if (steps.Count == 0)
            return start;
        PathStep[] rest = [.. steps.Select(static step => step!.Value)];
        return frame => PropertyPath.Follow(start(frame), rest);
    }

    private PathStep? BindStep(ParameterStep step)
    {
        var value = BindConstant(step.Parameter);
        return value.IsString ? PathStep.Member(value.AsString()) : value.IsNumber ? PathStep.Element(value.Number) : null;
    }

    private Evaluator BindIdentifier(GroupScope? group, Identifier identifier, Expression path, Scope scope)
    {
        bool isRid = path is Member { Name: "_rid", Target: Identifier };
        if (!scope.TryResolve(identifier.Name, out var set) && !(isRid && scope.TryResolveHidden(identifier.Name, out set)))
        {
            throw new SqlException(
                "SC2001", $"Identifier '{identifier.Name}' could not be resolved.", identifier.Span.Start, identifier.Span.End);
        }

        int slot = set.Slot;
        if (group is not null && scope.IsOwn(identifier.Name))
        {
            // A rewritten ORDER BY over groups asks for the _rid of a group, which stands for all its documents.
            if (isRid)
            {
                int first = Slots++;
                group.AddAggregate(new AggregateCall(static () => new First(), frame => frame.Slots[slot], first));
                return frame => frame.Slots[first];
            }

            throw new SqlException(
                "SC2102",
                $"Property reference '{Printer.Print(path)}' is invalid in the select list because it is not contained in either an aggregate function or the GROUP BY clause.",
                path.Span.Start,
                path.Span.End);
        }

        return frame => frame.Slots[slot];
    }

    private Evaluator BindBinary(GroupScope? group, Binary binary, Scope scope)
    {
        switch (binary.Operator)
        {
            case BinaryOperator.And:
                return BindAnd([.. ExpressionTree.Operands(binary, BinaryOperator.And).Select(operand => BindIn(group, operand, scope))]);
            case BinaryOperator.Or:
                return BindOr([.. ExpressionTree.Operands(binary, BinaryOperator.Or).Select(operand => BindIn(group, operand, scope))]);
            case BinaryOperator.Coalesce:
                var first = BindIn(group, binary.Left, scope);
                var second = BindIn(group, binary.Right, scope);
                return frame => first(frame) is { IsDefined: true } value ? value : second(frame);
            default:
                var left = BindIn(group, binary.Left, scope);
                var right = BindIn(group, binary.Right, scope);
                var kind = binary.Operator;
                return frame => Operators.Apply(kind, left(frame), right(frame));
        }
    }

    private static Evaluator BindAnd(Evaluator[] operands) => frame =>
    {
        var result = SqlValue.True;
        foreach (var operand in operands)
        {
            var value = operand(frame);
            if (value.IsFalse)
                return value;
            if (!value.IsTrue)
                result = SqlValue.Undefined;
        }

        return result;
    };

    private static Evaluator BindOr(Evaluator[] operands) => frame =>
    {
        var result = SqlValue.False;
        foreach (var operand in operands)
        {
            var value = operand(frame);
            if (value.IsTrue)
                return value;
            if (!value.IsFalse)
                result = SqlValue.Undefined;
        }

        return result;
    };

    private Evaluator BindBetween(GroupScope? group, Between between, Scope scope)
    {
        var value = BindIn(group, between.Value, scope);
        var low = BindIn(group, between.Low, scope);
        var high = BindIn(group, between.High, scope);
        return Negate(between.Negated, frame => Operators.IsBetween(value(frame), low(frame), high(frame)));
    }

    private Evaluator BindIn(GroupScope? group, In contained, Scope scope)
    {
        var value = BindIn(group, contained.Value, scope);
        if (contained.Items.All(static item => item is NumberLiteral or StringLiteral or ParameterReference))
        {
            var constants = contained.Items.Select(BindConstant).ToHashSet(SqlOrder.Instance);
            return Negate(contained.Negated, frame =>
                value(frame) is { IsDefined: true } found ? SqlValue.FromBoolean(constants.Contains(found)) : SqlValue.Undefined);
        }

        Evaluator[] items = [.. contained.Items.Select(item => BindIn(group, item, scope))];
        return Negate(contained.Negated, frame =>
            value(frame) is { IsDefined: true } found
                ? SqlValue.FromBoolean(Array.Exists(items, item => SqlOrder.Instance.Equals(item(frame), found)))
                : SqlValue.Undefined);
    }

    private Evaluator BindLike(GroupScope? group, Like like, Scope scope)
    {
        var value = BindIn(group, like.Value, scope);
        var pattern = BindIn(group, like.Pattern, scope);
        Rune? escape = null;
        if (like.Escape is not null)
        {
            var given = BindConstant(like.Escape);
            string text = given.IsString ? given.AsString() : "";
            if (text.EnumerateRunes().Count() != 1)
            {
                throw new SqlException(
                    "SC2207", $"The invalid escape character '{text}' was specified in a LIKE predicate.", like.Escape.Span.Start, like.Escape.Span.End);
            }

            escape = text.EnumerateRunes().First();
        }

        // Nearly always the pattern is the same for every row.
        LikePattern? compiled = null;
        return Negate(like.Negated, frame =>
        {
            var text = value(frame);
            var wanted = pattern(frame);
            if (!text.IsString || !wanted.IsString)
                return SqlValue.Undefined;
            if (compiled is null || !compiled.Source.Span.SequenceEqual(wanted.Text.Span))
                compiled = LikePattern.Parse(wanted.Text, escape);
            return SqlValue.FromBoolean(compiled.Matches(text.Text.Span));
        });
    }

    private static Evaluator Negate(bool negated, Evaluator evaluator) => negated ? frame => Operators.Not(evaluator(frame)) : evaluator;

    private Evaluator BindCall(GroupScope? group, Call call, Scope scope)
    {
        if (call.IsUserDefined)
            throw SqlException.NotSupported("user defined function " + call.Name, call.Span);
        if (AggregateFunction.Find(call.Name) is { } aggregate)
            return BindAggregate(group, aggregate, call, scope);
        var function = FunctionCatalog.Find(call);
        Evaluator[] arguments = [.. call.Arguments.Select(argument => BindIn(group, argument, scope))];
        return frame =>
        {
            var values = new SqlValue[arguments.Length];
            for (int i = 0; i < arguments.Length; i++)
                values[i] = arguments[i](frame);
            return function.Evaluate(values, clock);
        };
    }

    private Evaluator BindAggregate(GroupScope? group, AggregateFunction aggregate, Call call, Scope scope)
    {
        if (call.Arguments.Count != 1)
        {
            throw new SqlException(
                "SC2050", $"The {call.Name.ToUpperInvariant()} function requires 1 argument(s).", call.Span.Start, call.Span.End);
        }

        if (group is null || ExpressionTree.Flatten(call.Arguments[0]).Any(static e => e is Subquery || IsAggregate(e)))
        {
            throw new SqlException(
                "SC2101",
                "Cannot perform an aggregate function on an expression containing an aggregate or a subquery.",
                call.Span.Start,
                call.Span.End);
        }

        int slot = Slots++;
        group.AddAggregate(new AggregateCall(aggregate.NewAccumulator, Bind(call.Arguments[0], scope), slot));
        return frame => frame.Slots[slot];
    }

    private static Evaluator BindArray(Evaluator[] items) => frame =>
    {
        var values = new List<SqlValue>(items.Length);
        foreach (var item in items)
        {
            if (item(frame) is { IsDefined: true } value)
                values.Add(value);
        }

        return SqlValue.FromArray(values);
    };

    private Evaluator BindObject(GroupScope? group, ObjectConstructor constructed, Scope scope)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var property in constructed.Properties)
        {
            if (!names.Add(property.Name))
                throw ItemNames.Duplicate(property.Name, property.Span);
        }

        return BindMembers(constructed.Properties.Select(property => (property.Name, BindIn(group, property.Value, scope))));
    }

    private static Evaluator BindMembers(IEnumerable<(string Name, Evaluator Value)> properties)
    {
        (ReadOnlyMemory<byte> Name, Evaluator Value)[] members =
            [.. properties.Select(static property => ((ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(property.Name), property.Value))];
        return frame =>
        {
            var values = new List<SqlMember>(members.Length);
            foreach (var (name, evaluator) in members)
            {
                if (evaluator(frame) is { IsDefined: true } value)
                    values.Add(new SqlMember(name, value));
            }

            return SqlValue.FromObject(values);
        };
    }

    private Evaluator BindSubquery(Subquery subquery, Scope scope)
    {
        var query = BindSubquery(subquery.Query, scope);
        switch (subquery.Kind)
        {
            case SubqueryKind.Exists:
                return frame => SqlValue.FromBoolean(!query.ForEach(frame, static _ => false));
            case SubqueryKind.Array:
                return frame =>
                {
                    var values = new List<SqlValue>();
                    query.ForEach(frame, value =>
                    {
                        values.Add(value);
                        return true;
                    });
                    return SqlValue.FromArray(values);
                };
            default:
                return frame =>
                {
                    var only = SqlValue.Undefined;
                    query.ForEach(frame, value =>
                    {
                        if (only.IsDefined)
                            throw Ambiguous(subquery.Span);
                        only = value;
                        return true;
                    });
                    return only;
                };
        }
    }

    private static SqlException Ambiguous(TextSpan span) =>
        new("SC3005", "The cardinality of a scalar subquery result set cannot be greater than one.", span.Start, span.End);
}

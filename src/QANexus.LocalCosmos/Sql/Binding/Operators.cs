using QANexus.LocalCosmos.Sql.Syntax;
using QANexus.LocalCosmos.Sql.Values;

namespace QANexus.LocalCosmos.Sql.Binding;

/// <summary>What the operators make of values; nothing that they are not made for is an error, it is undefined.</summary>
internal static class Operators
{
    public static SqlValue Apply(BinaryOperator kind, SqlValue left, SqlValue right) => kind switch
    {
        BinaryOperator.Equal => AreEqual(left, right),
        BinaryOperator.NotEqual => Not(AreEqual(left, right)),
        BinaryOperator.Less or BinaryOperator.LessOrEqual or BinaryOperator.Greater or BinaryOperator.GreaterOrEqual => Compare(kind, left, right),
        BinaryOperator.Concat => Concat(left, right),
        _ when !left.IsNumber || !right.IsNumber => SqlValue.Undefined,
        _ => SqlValue.FromNumber(Calculate(kind, left.Number, right.Number)),
    };

    public static SqlValue Apply(UnaryOperator kind, SqlValue operand) => kind switch
    {
        UnaryOperator.Not => Not(operand),
        _ when !operand.IsNumber => SqlValue.Undefined,
        UnaryOperator.Minus => SqlValue.FromNumber(-operand.Number),
        UnaryOperator.BitwiseNot => SqlValue.FromNumber(~ToInt32(operand.Number)),
        _ => operand,
    };

    public static SqlValue Not(SqlValue operand) =>
        operand.Type == SqlType.Boolean ? SqlValue.FromBoolean(!operand.IsTrue) : SqlValue.Undefined;

    /// <summary>False if one is false, true if both are true, else undefined.</summary>
    public static SqlValue And(SqlValue left, SqlValue right)
    {
        if (left.IsFalse || right.IsFalse)
            return SqlValue.False;
        return left.IsTrue && right.IsTrue ? SqlValue.True : SqlValue.Undefined;
    }

    /// <summary>Values of different types are different; only undefined is neither equal nor different.</summary>
    public static SqlValue AreEqual(SqlValue left, SqlValue right) =>
        left.IsDefined && right.IsDefined ? SqlValue.FromBoolean(SqlOrder.Instance.Equals(left, right)) : SqlValue.Undefined;

    public static SqlValue IsBetween(SqlValue value, SqlValue low, SqlValue high) =>
        And(Compare(BinaryOperator.GreaterOrEqual, value, low), Compare(BinaryOperator.LessOrEqual, value, high));

    /// <summary>The 32 least significant bits of the whole part.</summary>
    public static int ToInt32(double number)
    {
        if (!double.IsFinite(number))
            return 0;
        const double Range = 4294967296d;
        return unchecked((int)(uint)(long)(Math.Truncate(number) % Range));
    }

    private static SqlValue Compare(BinaryOperator kind, SqlValue left, SqlValue right)
    {
        if (left.Type != right.Type || left.Type is SqlType.Undefined or SqlType.Array or SqlType.Object)
            return SqlValue.Undefined;
        int order = SqlOrder.Instance.Compare(left, right);
        return SqlValue.FromBoolean(kind switch
        {
            BinaryOperator.Less => order < 0,
            BinaryOperator.LessOrEqual => order <= 0,
            BinaryOperator.Greater => order > 0,
            _ => order >= 0,
        });
    }

    private static SqlValue Concat(SqlValue left, SqlValue right)
    {
        if (!left.IsString || !right.IsString)
            return SqlValue.Undefined;
        return SqlValue.FromString((byte[])[.. left.Text.Span, .. right.Text.Span]);
    }

    private static double Calculate(BinaryOperator kind, double left, double right) => kind switch
    {
        BinaryOperator.Add => left + right,
        BinaryOperator.Subtract => left - right,
        BinaryOperator.Multiply => left * right,
        BinaryOperator.Divide => left / right,
        BinaryOperator.Modulo => left % right,
        BinaryOperator.BitwiseAnd => ToInt32(left) & ToInt32(right),
        BinaryOperator.BitwiseOr => ToInt32(left) | ToInt32(right),
        BinaryOperator.BitwiseXor => ToInt32(left) ^ ToInt32(right),
        BinaryOperator.ShiftLeft => ToInt32(left) << ToInt32(right),
        BinaryOperator.ShiftRight => ToInt32(left) >> ToInt32(right),
        BinaryOperator.ShiftRightZero => (int)((uint)ToInt32(left) >>> ToInt32(right)),
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };
}

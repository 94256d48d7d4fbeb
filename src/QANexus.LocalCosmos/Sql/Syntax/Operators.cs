namespace QANexus.LocalCosmos.Sql.Syntax;

internal enum UnaryOperator
{
    Not,
    Minus,
    Plus,
    BitwiseNot,
}

internal enum BinaryOperator
{
    Coalesce,
    Or,
    And,
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    BitwiseOr,
    BitwiseXor,
    BitwiseAnd,
    ShiftLeft,
    ShiftRight,
    ShiftRightZero,
    Add,
    Subtract,
    Concat,
    Multiply,
    Divide,
    Modulo,
}

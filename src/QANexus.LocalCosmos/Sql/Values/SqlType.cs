namespace QANexus.LocalCosmos.Sql.Values;

/// <summary>The types of the query language in their sort order: a value of a lower type comes first in ORDER BY.</summary>
internal enum SqlType : byte
{
    Undefined,
    Null,
    Boolean,
    Number,
    String,
    Array,
    Object,
}

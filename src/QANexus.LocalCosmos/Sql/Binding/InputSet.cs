namespace QANexus.LocalCosmos.Sql.Binding;

/// <summary>A name that FROM or JOIN introduced.</summary>
/// <param name="Slot">Where its current value is.</param>
/// <param name="IndexPath">The path of the index that covers it, such as <c>/tags/[]</c>; null where it is computed.</param>
internal sealed record InputSet(int Slot, string? IndexPath);

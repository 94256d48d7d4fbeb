namespace QANexus.EventStore.Cosmos.Accounts;

/// <summary>The event store cannot keep its promises on the account, so nothing may be appended there. The message is one line that says why.</summary>
public sealed class UnfitAccountException(string message) : Exception(message);

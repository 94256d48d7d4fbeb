namespace QANexus.EventStore.Cosmos.Requests;

/// <summary>Adds up the request units of one operation of the store, parallel requests included.</summary>
internal sealed class ChargeMeter
{
    private readonly Lock gate = new();
    private double total;

    public double Total
    {
        get
        {
            lock (gate)
            {
                return total;
            }
        }
    }

    public void Add(double charge)
    {
        lock (gate)
        {
            total += charge;
        }
    }
}

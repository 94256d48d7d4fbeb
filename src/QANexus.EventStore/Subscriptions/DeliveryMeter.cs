namespace QANexus.EventStore.Subscriptions;

/// <summary>Adds up the request units of one delivery, parallel requests included.</summary>
internal sealed class DeliveryMeter
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

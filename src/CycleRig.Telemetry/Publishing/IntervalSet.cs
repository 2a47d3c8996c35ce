namespace CycleRig.Telemetry.Publishing;

/// <summary>Sequence numbers, kept as disjoint intervals (after, to] in rising order. Mutable; not safe for several threads.</summary>
public sealed class IntervalSet
{
    private readonly List<(long After, long To)> _parts = [];

    /// <summary>The intervals, rising; neighbours never touch.</summary>
    public IReadOnlyList<(long After, long To)> Parts => _parts;

    /// <summary>Highest number, or 0.</summary>
    public long Highest => _parts.Count == 0 ? 0 : _parts[^1].To;

    /// <summary>Adds the numbers after one up to another.</summary>
    /// <param name="after">Exclusive.</param>
    /// <param name="to">Inclusive; nothing is added unless it is above <paramref name="after"/>.</param>
    public void Add(long after, long to)
    {
        if (to <= after)
            return;
        var first = FirstThatReaches(after);
        var next = first;
        while (next < _parts.Count && _parts[next].After <= to)
        {
            (after, to) = (Math.Min(after, _parts[next].After), Math.Max(to, _parts[next].To));
            next++;
        }

        _parts.RemoveRange(first, next - first);
        _parts.Insert(first, (after, to));
    }

    /// <summary>Takes the numbers after one up to another out.</summary>
    /// <param name="after">Exclusive.</param>
    /// <param name="to">Inclusive.</param>
    public void Remove(long after, long to)
    {
        for (var i = FirstThatReaches(after); to > after && i < _parts.Count && _parts[i].After < to;)
        {
            var part = _parts[i];
            _parts.RemoveAt(i);
            if (part.After < after)
                _parts.Insert(i++, (part.After, after));
            if (part.To > to)
                _parts.Insert(i++, (to, part.To));
        }
    }

    /// <summary>Whether all numbers after one up to another are in it.</summary>
    /// <param name="after">Exclusive.</param>
    /// <param name="to">Inclusive.</param>
    public bool Covers(long after, long to)
    {
        if (to <= after)
            return true;
        var first = FirstThatReaches(after);
        return first < _parts.Count && _parts[first].After <= after && (_parts[first].To >= to);
    }

    /// <summary>How far it goes without a hole from a number on; that number itself when it has nothing there.</summary>
    /// <param name="from">Where to begin; it need not be in the set.</param>
    public long EndFrom(long from)
    {
        var first = FirstThatReaches(from);
        return first < _parts.Count && _parts[first].After <= from ? Math.Max(from, _parts[first].To) : from;
    }

    /// <summary>What is missing after one number up to another, rising.</summary>
    /// <param name="after">Exclusive.</param>
    /// <param name="to">Inclusive.</param>
    public IEnumerable<(long After, long To)> Holes(long after, long to)
    {
        foreach (var (partAfter, partTo) in _parts)
        {
            if (partAfter >= to)
                break;
            if (partAfter > after)
                yield return (after, partAfter);
            after = Math.Max(after, partTo);
        }

        if (after < to)
            yield return (after, to);
    }

    /// <summary>Index of the first interval that ends at or after a number.</summary>
    private int FirstThatReaches(long number)
    {
        var (low, high) = (0, _parts.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_parts[middle].To < number)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }
}

using System.Collections.Immutable;
using CycleRig.Core.Safety;

namespace CycleRig.Devices.Sessions;

/// <summary>The permits of one channel, each with its age. Unknown or old is withdrawn.</summary>
internal sealed class PermitBook(ImmutableArray<Permit> needed)
{
    private readonly Dictionary<Permit, (bool Held, TimeSpan At, Reason Reason, string Detail)> _known = [];

    /// <summary>Takes the state of a permit.</summary>
    /// <returns>Whether it changed.</returns>
    public bool Set(Permit permit, bool held, Reason reason, string detail, TimeSpan now)
    {
        var changed = !_known.TryGetValue(permit, out var before) || before.Held != held;
        _known[permit] = (held, now, reason, detail);
        return changed && needed.Contains(permit);
    }

    /// <summary>Why current may not flow now, or null.</summary>
    public Cause? Missing(TimeSpan now)
    {
        foreach (var permit in needed)
        {
            if (!_known.TryGetValue(permit, out var known))
                return new(Reason.PermitLost, now, $"permit {permit} was never given");
            if (!known.Held)
                return new(known.Reason, now, known.Detail);
            if (now - known.At > SessionSettings.PermitAge)
                return new(Reason.PermitLost, now, FormattableString.Invariant($"permit {permit} is {(now - known.At).TotalSeconds:F1} s old"));
        }

        return null;
    }

    /// <summary>The permits that are known, for a new owner.</summary>
    public IEnumerable<(Permit Permit, bool Held, Reason Reason, string Detail)> Known =>
        _known.Where(pair => needed.Contains(pair.Key)).Select(pair => (pair.Key, pair.Value.Held, pair.Value.Reason, pair.Value.Detail));
}

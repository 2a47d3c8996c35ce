using CycleRig.Contracts;
using CycleRig.Core.Channels;
using CycleRig.Core.Safety;
using CycleRig.Grains.Placement;
using CycleRig.Grains.Running;

namespace CycleRig.Grains;

/// <summary>A channel: one turn decides one event, sends stops, records, and sends the rest. It never waits.</summary>
[RigPlacement]
internal sealed class ChannelGrain(RigRuntime runtime, IGrainFactory grains) : Grain, IChannelGrain
{
    private readonly Dictionary<long, long> _covered = [];
    private ChannelState _state = ChannelState.Initial;
    private long _number;
    private string _channel = "";
    private ChannelPlan _plan = null!;
    private ChannelAnalyst _analyst = null!;
    private ChannelJournal _journal = null!;
    private string _verdict = "";

    /// <summary>From rig time to the instrument's, s.</summary>
    private double _offsetSeconds;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _channel = this.GetPrimaryKeyString()[(runtime.Rig.Name.Length + 1)..];
        _journal = new(runtime, _channel);
        _analyst = new(runtime, _channel);
        Restore(ChannelRestore.From(runtime, _channel, _analyst));
        return Task.CompletedTask;
    }

    public Task Observe(ChannelEvent happened, TimeSpan at)
    {
        // After a reconnect the device host says again what was not durable; what was decided is not decided twice.
        if (!_state.Ledger.HasDecided(happened))
            Handle(happened, at);
        return Task.CompletedTask;
    }

    public Task<OrderAnswer> Order(OperatorEvent order, TimeSpan at)
    {
        var refusal = order is StartOrdered && !runtime.HasProtocol(_channel)
            ? $"channel {_channel} has no protocol yet; give it one with `cyclerig run FILE --channel {_channel}`"
            : order is StartOrdered && runtime.Disk.Refusal is { } full ? full
            : Handle(order, at);
        return Task.FromResult(new OrderAnswer(refusal is null, refusal ?? "", Present()));
    }

    public Task<ChannelView> View() => Task.FromResult(Present());

    private string? Handle(ChannelEvent happened, TimeSpan at)
    {
        if (happened is StartOrdered && _state is Idle or Completed)
            _plan = runtime.PlanOf(_channel);
        if (happened is SampleMeasured { Sample: var sample } && _state.OpenRun is { } open)
        {
            _offsetSeconds = sample.TimeSeconds - at.TotalSeconds;
            // Behind a halt there is no plating in which a short could announce itself.
            if (_state is not Halted)
                _analyst.Take(sample, open.Run);
        }

        var before = _state;
        var what = new Happened(++_number, at, happened);
        var decision = ChannelMachine.Decide(before, what, _plan);
        _state = decision.Next;
        foreach (var command in decision.Commands)
        {
            if (command.Stops)
                runtime.Link.Send(_channel, command);
        }

        Record(before, what, decision);
        foreach (var command in decision.Commands)
        {
            if (!command.Stops)
                Carry(command);
        }

        if (happened is SpectrumAssessed assessed)
            _verdict = assessed.Detail;
        if (Told(before) != Told(_state))
            runtime.Note(_channel, Told(_state));
        return decision.Refusal;
    }

    private void Record(ChannelState before, Happened what, Decision decision)
    {
        if (what.Event is StartOrdered && decision.Refusal is null)
        {
            _analyst.Begin(_state.OpenRun!.Run);
            _journal.RunStarted(_state.OpenRun);
        }

        if (what.Event is SpectrumAssessed verdict && _analyst.FitOf(verdict) is { } fit)
            _journal.Fitted(verdict.Run, verdict.AsOfSeconds, fit);
        var seq = _journal.Write(before, what, decision);
        if (decision.AwaitsDurable || before.GetType() != _state.GetType() || before.OpenRun?.IsDerated != _state.OpenRun?.IsDerated)
            _journal.Checkpoint(_state, _number, _analyst.Fingerprint());
        if (decision.AwaitsDurable && seq is { } written)
        {
            _covered[what.Number] = _state.Ledger.SessionEvent;
            runtime.Committer.Await(written, _channel, what.Number);
        }

        if (what.Event is Durable durable && _covered.Remove(durable.UpTo, out var covered))
            runtime.Link.Durable(_channel, covered);
    }

    private void Carry(ChannelCommand command)
    {
        switch (command)
        {
            case AssessSpectrum assess when _state.OpenRun is { } progress:
                _analyst.Assess(assess, progress.Run, _offsetSeconds);
                break;
            case SetConditions conditions:
                Want(conditions);
                break;
            case CloseRun close:
                _journal.RunEnded(close.Run, close.Reason);
                Release();
                break;
            case RaiseAlarm alarm:
                runtime.Note(_channel, $"{ReasonFacts.Of(alarm.Reason).Text}: {alarm.Text}");
                break;
            case AssessSpectrum:
                break;
            default:
                runtime.Link.Send(_channel, command);
                break;
        }
    }

    private void Want(SetConditions conditions)
    {
        var description = runtime.DescriptionOf(_channel);
        if (conditions.Temperature is { } temperature)
            runtime.Track(runtime.DeviceGrain(grains, description.Chamber)!.Want(_channel, temperature.Celsius));
        if (conditions.Pressure is { } pressure && description.Press is { } press)
            runtime.Track(runtime.DeviceGrain(grains, press)!.Want(_channel, pressure.Megapascals));
    }

    private void Release()
    {
        var description = runtime.DescriptionOf(_channel);
        runtime.Track(runtime.DeviceGrain(grains, description.Chamber)!.Release(_channel));
        if (description.Press is { } press)
            runtime.Track(runtime.DeviceGrain(grains, press)!.Release(_channel));
    }

    /// <summary>After a restart of the host: what the journal says of this channel. An open run is judged by the restart rule.</summary>
    private void Restore(ChannelRestore restored)
    {
        _plan = runtime.PlanOf(_channel);
        (_state, _number) = (restored.State, restored.Number);
        if (restored.Anchor is { } anchor)
            _journal.Resume(anchor, restored.LastSampleSeconds, restored.State.Ledger.Boot);
        if (_state.OpenRun is not null)
        {
            Handle(new HostRestarted(restored.DetectorRebuilt), runtime.Time.Now);
            Wanted();
        }

        if (restored.Damage is { } damage)
            Handle(new CauseFound(Reason.JournalDamage, damage), runtime.Time.Now);
    }

    /// <summary>The open run still holds chamber and press at what its last settle step set.</summary>
    private void Wanted()
    {
        if (_plan.Steps.Take(_state.OpenRun!.Step + 1).OfType<Core.Protocols.Settle>().LastOrDefault() is { } settle)
            Want(new(settle.Temperature, settle.Pressure));
    }

    /// <summary>What a log says of a state; that of a halted channel again when nothing more is measured on it.</summary>
    private static string Told(ChannelState state) => state is Halted { Probe: not null } ? $"{Views.Word(state)}, sweeps at rest follow" : Views.Word(state);

    private ChannelView Present() => Views.Of(_channel, _state, _plan, _analyst.Reading, _verdict);
}

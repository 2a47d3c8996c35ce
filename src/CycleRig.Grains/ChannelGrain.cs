using System.Text.Json;
using CycleRig.Contracts;
using CycleRig.Core.Channels;
using CycleRig.Core.Safety;
using CycleRig.Grains.Running;
using CycleRig.Storage.Journals;

namespace CycleRig.Grains;

/// <summary>A channel: one turn decides one event, sends stops, records, and sends the rest. It never waits.</summary>
internal sealed class ChannelGrain(RigRuntime runtime, IGrainFactory grains) : Grain, IChannelGrain
{
    private ChannelState _state = ChannelState.Initial;
    private long _number;
    private string _channel = "";
    private ChannelPlan _plan = null!;
    private ChannelAnalyst _analyst = null!;
    private ChannelJournal _journal = null!;
    private readonly Dictionary<long, long> _covered = [];
    private string _verdict = "";

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _channel = this.GetPrimaryKeyString()[(runtime.Rig.Name.Length + 1)..];
        (_analyst, _journal) = (new(runtime, _channel), new(runtime, _channel));
        Restore();
        return Task.CompletedTask;
    }

    public Task Observe(ChannelEvent happened, TimeSpan at)
    {
        Handle(happened, at);
        return Task.CompletedTask;
    }

    public Task<OrderAnswer> Order(OperatorEvent order, TimeSpan at)
    {
        var refusal = Handle(order, at);
        return Task.FromResult(new OrderAnswer(refusal is null, refusal ?? "", Present()));
    }

    public Task<ChannelView> View() => Task.FromResult(Present());

    private string? Handle(ChannelEvent happened, TimeSpan at)
    {
        if (happened is StartOrdered && _state is Idle or Completed)
            _plan = runtime.PlanOf(_channel);
        var before = _state;
        var what = new Happened(++_number, at, happened);
        var decision = ChannelMachine.Decide(before, what, _plan);
        _state = decision.Next;
        foreach (var command in decision.Commands.Where(command => command.Stops))
            runtime.Link.Send(_channel, command);
        if (happened is StartOrdered && decision.Refusal is null)
        {
            _analyst.Reset();
            _journal.RunStarted(_state.OpenRun!);
        }

        var seq = _journal.Write(before, what, decision);
        if (decision.AwaitsDurable || before.GetType() != _state.GetType())
            _journal.Checkpoint(_state, _number);
        if (decision.AwaitsDurable && seq is { } written)
        {
            _covered[what.Number] = _state.Ledger.SessionEvent;
            runtime.Committer.Await(written, _channel, what.Number);
        }

        if (happened is Durable durable && _covered.Remove(durable.UpTo, out var covered))
            runtime.Link.Durable(_channel, covered);
        foreach (var command in decision.Commands.Where(command => !command.Stops))
            Carry(command);
        if (happened is SpectrumAssessed assessed)
            _verdict = assessed.Detail;
        if (before.GetType() != _state.GetType())
            runtime.Note(_channel, Present().State);
        return decision.Refusal;
    }

    private void Carry(ChannelCommand command)
    {
        switch (command)
        {
            case AssessSpectrum assess when _state.OpenRun is { } progress:
                _analyst.Assess(assess.Spectrum, progress.Run);
                break;
            case SetConditions conditions:
                Want(conditions);
                break;
            case CloseRun close:
                _journal.RunEnded(close.Run, close.Reason);
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
            runtime.Track(Wanted(grains.GetGrain<IChamberGrain>(runtime.Key(description.Chamber)), temperature.Celsius));
        if (conditions.Pressure is { } pressure && description.Press is { } press)
            runtime.Track(Wanted(grains.GetGrain<IPressGrain>(runtime.Key(press)), pressure.Megapascals));
    }

    private async Task Wanted(IConditionGrain device, double target)
    {
        if (await device.Want(_channel, target) is { } refusal)
            runtime.Tell(_channel, new CauseFound(Reason.SettleTimeout, refusal));
    }

    /// <summary>After a restart of the host: the newest checkpoint, and the detector from the run's spectra.</summary>
    private void Restore()
    {
        _plan = runtime.PlanOf(_channel);
        using var reader = JournalReader.Open(runtime.Journal.DataFolder);
        if (reader.LatestCheckpoint(_channel) is not { } checkpoint)
            return;
        var json = checkpoint.Record.DecodeJson();
        _number = json["number"]!.GetValue<long>();
        _state = json["state"].Deserialize<ChannelState>(MessageJson.Options)!;
        _state = Rebase.ToThisClock(_state, runtime.Time.Now);
        if (_state.OpenRun is not { } progress)
            return;
        if (ChannelJournal.ProtocolOf(reader, progress.Run) is { } protocol)
            runtime.Assign(_channel, protocol);
        _plan = runtime.PlanOf(_channel);
        _journal.Resume(reader.OfRun(progress.Run, RecordKind.Sample).Select(row => row.Record.TimeSeconds).DefaultIfEmpty(double.NegativeInfinity).Max());
        var rebuilt = _analyst.Rebuild(reader.OfRun(progress.Run, RecordKind.Spectrum).Select(row => row.Record.DecodeSpectrum()));
        Handle(new HostRestarted(rebuilt), runtime.Time.Now);
        if (runtime.Journal.OpenReport.Damage is { } damage)
            Handle(new CauseFound(Reason.JournalDamage, damage), runtime.Time.Now);
    }

    private ChannelView Present() => Views.Of(_channel, _state, _plan, _analyst.Reading, _verdict);
}

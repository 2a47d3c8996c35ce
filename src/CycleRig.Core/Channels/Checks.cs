using CycleRig.Core.Evidence;
using CycleRig.Core.Safety;

namespace CycleRig.Core.Channels;

/// <summary>The spectrum at rest before current flows again after a pause or a restart.</summary>
internal static class Checks
{
    public static Decision Judge(Running running, SpectrumAssessed assessed, Happened happened, ChannelPlan plan)
    {
        if (!assessed.Valid)
            return Halting.Halt(running, Reason.Blind, $"the check spectrum could not be judged: {assessed.Detail}");
        if (assessed.Level >= WarningLevel.Warning)
            return Halting.Halt(running, Reason.Blind, $"the check spectrum does not fit the run's trend: {assessed.Detail}");
        return Advancing.Advance(running with { Progress = running.Progress with { Check = null } }, happened, plan);
    }
}

using System.CommandLine;
using System.CommandLine.Help;

namespace CycleRig.Host.Commands;

/// <summary>The commands of the program. Each appears when it works.</summary>
internal static class CommandTree
{
    public static Command Build()
    {
        // A plain command: a RootCommand would call itself after the assembly, which nobody types.
        var root = new Command("cyclerig", "Runs cycling rigs for solid-state cells and stops a cell before its dendrite shorts it.") { new HelpOption(), new VersionOption() };
        root.Subcommands.Add(DemoCommand.Build());
        root.Subcommands.Add(ServeCommand.Build());
        root.Subcommands.Add(RunCommand.Build());
        root.Subcommands.Add(DeviceHostCommand.Build());
        root.Subcommands.Add(HistorianCommand.Build());
        root.Subcommands.Add(StatusCommand.Build());
        foreach (var order in OrderCommands.Build())
            root.Subcommands.Add(order);
        root.Subcommands.Add(WhyCommand.Build());
        root.Subcommands.Add(ValidateCommand.Build());
        root.Subcommands.Add(FitCommand.Build());
        root.Subcommands.Add(ReplayCommand.Build());
        root.Subcommands.Add(TuneCommand.Build());
        root.Subcommands.Add(SimulateCommand.Build());
        root.Subcommands.Add(ProtocolsCommand.Build());
        root.Subcommands.Add(ReportCommand.Build());
        root.Subcommands.Add(ExportCommand.Build());
        root.Subcommands.Add(BackupCommand.Build());
        return root;
    }
}

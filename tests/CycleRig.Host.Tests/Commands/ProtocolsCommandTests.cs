using CycleRig.Host.Commands;
using CycleRig.Reports.Protocols;
using CycleRig.Testing;
using Xunit;

namespace CycleRig.Host.Tests.Commands;

public sealed class ProtocolsCommandTests
{
    [Fact]
    public async Task Every_protocol_that_is_listed_passes_validate_on_its_rig()
    {
        foreach (var protocol in ProtocolCatalogue.All)
        {
            var exit = await CommandTree.Build().Parse(["validate", Full(protocol.File), "--rig", Full(protocol.Rig)]).InvokeAsync(cancellationToken: TestContext.Current.CancellationToken);
            Assert.True(exit == 0, $"{protocol.File} on {protocol.Rig}: exit code {exit}");
        }
    }

    [Fact]
    public async Task The_list_is_printed() =>
        Assert.Equal(0, await CommandTree.Build().Parse(["protocols", "--json"]).InvokeAsync(cancellationToken: TestContext.Current.CancellationToken));

    private static string Full(string file) => Path.Combine(SharedData.ProjectRoot(), file);
}

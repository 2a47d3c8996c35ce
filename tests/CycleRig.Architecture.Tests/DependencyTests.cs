using ArchUnitNET.Loader;
using ArchUnitNET.xUnitV3;
using CycleRig.Core.Channels;
using Xunit;
using static ArchUnitNET.Fluent.ArchRuleDefinition;

namespace CycleRig.Architecture.Tests;

/// <summary>What project files cannot say.</summary>
public sealed class DependencyTests
{
    private static readonly ArchUnitNET.Domain.Architecture Loaded = new ArchLoader()
        .LoadAssemblies(typeof(ChannelMachine).Assembly, typeof(EarlyWarning.SpectrumAssessor).Assembly, typeof(Impedance.ImpedanceData).Assembly).Build();

    [Theory]
    [InlineData(@"System\.IO\.(File|Directory|Stream).*")]
    [InlineData(@"System\.Net\..*")]
    [InlineData(@"System\.Threading\.(Thread|Timer|Tasks\.Task).*")]
    [InlineData(@"System\.Diagnostics\.Stopwatch")]
    [InlineData(@"System\.TimeProvider")]
    public void Core_and_early_warning_read_no_clock_and_do_no_input_or_output(string forbidden) =>
        Types().That().ResideInNamespaceMatching(@"CycleRig\.(Core|EarlyWarning).*")
            .Should().NotDependOnAny(Types().That().HaveFullNameMatching(forbidden)).WithoutRequiringPositiveResults().Check(Loaded);
}

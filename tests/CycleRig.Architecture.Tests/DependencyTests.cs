using ArchUnitNET.Domain;
using ArchUnitNET.Fluent;
using ArchUnitNET.Loader;
using ArchUnitNET.xUnitV3;
using Xunit;
using static ArchUnitNET.Fluent.ArchRuleDefinition;
using Assembly = System.Reflection.Assembly;

namespace CycleRig.Architecture.Tests;

/// <summary>What project files cannot say. Each rule is shown to fail where it must.</summary>
public sealed class DependencyTests
{
    private const string Input = @"^System\.IO\.(File|Directory|Stream).*";
    private const string Network = @"^System\.Net\..*";
    private const string Threads = @"^System\.Threading\.(Thread|Timer|PeriodicTimer|Tasks\.Task).*";
    private const string Stopwatch = @"^System\.Diagnostics\.Stopwatch";
    private const string Clock = @"^System\.TimeProvider";
    private const string Orleans = @"^Orleans\..*";
    private const string Driver = @"^CycleRig\.Devices\.(Simulated|Instruments|Emulators)\..*";

    private static readonly ArchUnitNET.Domain.Architecture Loaded = new ArchLoader()
        .LoadAssemblies([.. SourceFiles.ProductProjects().Keys.Select(Assembly.Load)]).Build();

    [Theory]
    [InlineData(Input)]
    [InlineData(Network)]
    [InlineData(Threads)]
    [InlineData(Stopwatch)]
    [InlineData(Clock)]
    public void Core_and_early_warning_read_no_clock_and_do_no_input_or_output(string forbidden) =>
        Independent(@"^CycleRig\.(Core|EarlyWarning)(\..*)?$", forbidden).Check(Loaded);

    [Fact]
    public void Grains_know_no_driver() => Independent(@"^CycleRig\.(Grains|Contracts)(\..*)?$", Driver).Check(Loaded);

    [Fact]
    public void Readers_of_the_journal_do_not_know_Orleans() =>
        Independent(@"^CycleRig\.(Telemetry|Storage|Reports)(\..*)?$", Orleans).Check(Loaded);

    [Fact]
    public void No_type_is_called_after_what_it_is_not() => Types().That().ResideInNamespaceMatching(@"^CycleRig\..*")
        .Should().NotHaveNameMatching("(Manager|Helper|Helpers|Utils)$").WithoutRequiringPositiveResults().Check(Loaded);

    /// <summary>The same rule on those who do what others must not: a rule that cannot fail guards nothing.</summary>
    [Theory]
    [InlineData("Storage", Input)]
    [InlineData("Devices", Network)]
    [InlineData("Telemetry", Threads)]
    [InlineData("Telemetry", @"^System\.Threading\.PeriodicTimer")]
    [InlineData("Host", Clock)]
    [InlineData("Grains", Orleans)]
    [InlineData("Host", Driver)]
    public void An_offender_is_found(string project, string forbidden) =>
        Assert.False(Independent($@"^CycleRig\.{project}(\..*)?$", forbidden).HasNoViolations(Loaded), $"{project} is known to use {forbidden}");

    /// <summary>Types of assemblies that are not loaded (the runtime's, Orleans') count as well.</summary>
    private static ArchRule<IType> Independent(string namespaces, string forbidden) => Types().That().ResideInNamespaceMatching(namespaces)
        .Should().NotDependOnAny(Types(true).That().HaveFullNameMatching(forbidden)).WithoutRequiringPositiveResults();
}

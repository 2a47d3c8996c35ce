using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using CycleRig.Core.Quantities;
using CycleRig.Devices.Simulated.Fields;
using CycleRig.Host.Demo;
using CycleRig.Reports.Plots;

namespace CycleRig.Host.Commands;

/// <summary>`cyclerig simulate focusing`: the current around a crack that is filled with metal.</summary>
internal static class SimulateFocusingCommand
{
    private const string Name = "focusing";
    private const string Folder = "cyclerig-focusing";
    private const double AspectMin = 0.5;
    private const double AspectMax = 100;

    /// <summary>Nearer to the counter electrode, or thinner against the pellet, nothing new is to be seen.</summary>
    private const double ShareMin = 1e-4;
    private const double ShareMax = 0.99;

    /// <summary>Half the picture's width in depths, or in radii of a flat crack, and its height over its width.</summary>
    private const double WidthInDepths = 1.1;
    private const double WidthInRadii = 1.4;
    private const double HeightOverWidth = 0.9;
    private const int PictureColumns = 641;

    /// <summary>Steps to the shortest length of the field. A blunt crack has no short one, and its lines would show the grid.</summary>
    private const int Resolution = 16;
    private const int ResolutionBlunt = 32;
    private const double BluntAspect = 3;

    public static Command Build()
    {
        var depth = new Option<string>("--depth") { Description = "Depth of the crack, from the working electrode.", DefaultValueFactory = _ => "50 µm" };
        var aspect = new Option<double>("--aspect") { Description = "Depth over the crack's radius at the electrode, 0.5 to 100.", DefaultValueFactory = _ => 5 };
        var thickness = new Option<string>("--thickness") { Description = "Thickness of the pellet.", DefaultValueFactory = _ => "1.2 mm" };
        var output = Shared.Out("focusing.png and focusing.svg", Folder);
        var force = Shared.Force();
        var json = Shared.Json();
        var command = new Command(Name, "Shows how a crack that is filled with metal draws the current to its tip.") { depth, aspect, thickness, output, force, json };
        command.SetAction((parsed, _) => Failing.Guard(async () =>
        {
            double depthMetres, thicknessMetres;
            var ratio = parsed.GetValue(aspect);
            try
            {
                (depthMetres, thicknessMetres) = (Metres(depth.Name, parsed.GetValue(depth)!), Metres(thickness.Name, parsed.GetValue(thickness)!));
                Check(depthMetres, ratio, thicknessMetres);
            }
            catch (FormatException wrong)
            {
                await Console.Error.WriteLineAsync(wrong.Message);
                return ExitCodes.Usage;
            }

            return await RunAsync(depthMetres, ratio, thicknessMetres, parsed.GetValue(output), parsed.GetValue(force), parsed.GetValue(json));
        }));
        return command;
    }

    private static double Metres(string option, string text) =>
        QuantityText.TryParse(text, Dimension.Length, out var metres, out var error) ? metres : throw new FormatException($"{option}: {error}");

    private static void Check(double depth, double aspect, double thickness)
    {
        if (!(aspect >= AspectMin && aspect <= AspectMax))
            throw new FormatException(Invariant($"--aspect {aspect}: depth over radius is {AspectMin} to {AspectMax}"));
        if (!(depth > 0 && thickness > 0))
            throw new FormatException("--depth and --thickness: give lengths above 0");
        if (depth > ShareMax * thickness)
            throw Wrong("the crack must end in the pellet; give at most", ShareMax);
        if (depth < ShareMin * thickness)
            throw Wrong("too small beside the pellet; give at least", ShareMin);

        FormatException Wrong(string what, double share) => new(
            $"--depth {Micrometres(depth)}: {what} {Micrometres(share * thickness)}, {Invariant($"{100 * share}")} % of --thickness {Micrometres(thickness)}");
    }

    private static async Task<int> RunAsync(double depth, double aspect, double thickness, string? output, bool force, bool json)
    {
        var (directory, error) = OutputFolder.Prepare(output, Folder, force);
        if (error is not null)
        {
            await Console.Error.WriteLineAsync(error);
            return ExitCodes.Usage;
        }

        var field = CrackField.Solve(aspect, depth / thickness, aspect < BluntAspect ? ResolutionBlunt : Resolution);
        var path = Path.Combine(directory, Name);
        FieldPlot.Save(Picture(field, depth, thickness), path);
        await Console.Out.WriteLineAsync(json ? Document(field, depth, thickness) : Table(field, depth, thickness, $"{path}.png"));
        return ExitCodes.Ok;
    }

    private static FieldPicture Picture(CrackField field, double depth, double thickness)
    {
        var halfWidth = Math.Max(WidthInDepths, WidthInRadii / field.Aspect);
        var height = Math.Min(1 / field.DepthShare, 2 * halfWidth * HeightOverWidth);
        var rows = 1 + (int)Math.Round((PictureColumns - 1) * height / (2 * halfWidth));
        var (densities, potentials) = (new double[rows, PictureColumns], new double[rows, PictureColumns]);
        for (var row = 0; row < rows; row++)
            for (var column = 0; column < PictureColumns; column++)
            {
                var (radius, up) = (halfWidth * Math.Abs((2.0 * column / (PictureColumns - 1)) - 1), height * row / (rows - 1));
                densities[row, column] = field.Density(radius, up);
                potentials[row, column] = field.Potential(radius, up) * field.DepthShare;
            }

        var micrometres = new Length(depth).Micrometres;
        return new(halfWidth * micrometres, height * micrometres, densities, potentials, micrometres, micrometres / field.Aspect, new Length(thickness).Micrometres);
    }

    private static string Table(CrackField field, double depth, double thickness, string picture)
    {
        var closed = HalfSpheroid.Enhancement(field.Aspect);
        (string Name, string Value)[] rows =
        [
            ("depth of the crack", Micrometres(depth)),
            ("radius at the electrode", Micrometres(depth / field.Aspect)),
            ("aspect (depth over radius)", Invariant($"{field.Aspect:G6}")),
            ("thickness of the pellet", Micrometres(thickness)),
            ("current density at the tip", Invariant($"{field.TipEnhancement:F2} times the mean")),
            ("closed form, half-space", Invariant($"{closed:F2} times the mean")),
            ("difference", Invariant($"{100 * ((field.TipEnhancement / closed) - 1):+0.00;-0.00} %")),
            ("peak at the counter side", Invariant($"{field.CounterEnhancement:F4} times the mean")),
            ("picture", picture),
        ];
        var width = rows.Max(row => row.Name.Length);
        return string.Join(Environment.NewLine, rows.Select(row => $"{row.Name.PadRight(width)}   {row.Value}"));
    }

    private static string Document(CrackField field, double depth, double thickness)
    {
        var closed = HalfSpheroid.Enhancement(field.Aspect);
        return new JsonObject
        {
            ["format"] = 1,
            ["depth_m"] = depth,
            ["aspect"] = field.Aspect,
            ["thickness_m"] = thickness,
            ["tip_enhancement"] = field.TipEnhancement,
            ["half_space_enhancement"] = closed,
            ["relative_difference"] = (field.TipEnhancement / closed) - 1,
            ["counter_enhancement"] = field.CounterEnhancement,
            ["nodes"] = field.Unknowns,
        }.ToJsonString(OutputJson.Readable);
    }

    private static string Micrometres(double metres) => Invariant($"{new Length(metres).Micrometres:G5} µm");

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

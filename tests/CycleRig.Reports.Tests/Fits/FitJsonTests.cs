using System.Text.Json;
using CycleRig.Reports.Fits;
using Xunit;

namespace CycleRig.Reports.Tests.Fits;

public sealed class FitJsonTests
{
    [Fact]
    public void The_document_has_parameters_with_units_covariance_and_errors_by_all_methods()
    {
        var found = Analysed.Garnet(Analysed.TwoArcs with { Intervals = true, Bootstrap = 20, Check = true, Relaxation = true });
        using var document = JsonDocument.Parse(FitJson.One(found));
        var root = document.RootElement;
        Assert.Equal("cyclerig-fit", root.GetProperty("format").GetString());
        var parameter = root.GetProperty("fit").GetProperty("parameters")[2];
        Assert.Equal("CPE1_0", parameter.GetProperty("name").GetString());
        Assert.Equal("Q", parameter.GetProperty("symbol").GetString());
        Assert.Equal("S s^α", parameter.GetProperty("unit").GetString());
        Assert.Equal(2, parameter.GetProperty("profile95").GetArrayLength());
        Assert.Equal(20, parameter.GetProperty("bootstrap").GetProperty("refits").GetInt32());
        Assert.Equal(1, root.GetProperty("fit").GetProperty("correlations")[3][3].GetDouble(), 1e-9);
        Assert.Equal(81, root.GetProperty("drt").GetProperty("gammaOhms").GetArrayLength());
    }

    [Fact]
    public void What_is_no_number_is_null()
    {
        var found = Analysed.Garnet(Analysed.TwoArcs with { Options = Analysed.TwoArcs.Options with { Fixed = ["R0"] }, Start = System.Collections.Immutable.ImmutableDictionary<string, double>.Empty.Add("R0", 50) });
        using var document = JsonDocument.Parse(FitJson.Many([found], ["a.csv: wrong"]));
        var fit = document.RootElement.GetProperty("spectra")[0].GetProperty("fit");
        Assert.Equal(JsonValueKind.Null, fit.GetProperty("parameters")[0].GetProperty("standardError").ValueKind);
        Assert.True(fit.GetProperty("parameters")[0].GetProperty("fixed").GetBoolean());
        Assert.Equal("a.csv: wrong", document.RootElement.GetProperty("errors")[0].GetString());
    }
}

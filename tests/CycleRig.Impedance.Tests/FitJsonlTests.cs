using System.Globalization;
using System.Text.Json.Nodes;
using Xunit;

namespace CycleRig.Impedance.Tests;

/// <summary>A line in, a line out: answers carry the id, and say why there are no parameters.</summary>
public sealed class FitJsonlTests
{
    [Fact]
    public void A_resistor_with_an_arc_is_found()
    {
        var answer = Answer(30);
        Assert.True(answer["converged"]!.GetValue<bool>(), answer.ToJsonString());
        Assert.Equal(7, answer["id"]!.GetValue<int>());
        Assert.Equal(100, answer["parameters"]!["R0"]!.GetValue<double>(), 0.01);
        Assert.Equal(200, answer["parameters"]!["R1"]!.GetValue<double>(), 0.02);
    }

    [Fact]
    public void Points_that_tell_no_noise_give_no_parameters_and_say_what_to_do()
    {
        var answer = Answer(5);
        Assert.Equal(7, answer["id"]!.GetValue<int>());
        Assert.Null(answer["parameters"]);
        Assert.False(answer["converged"]!.GetValue<bool>());
        Assert.Contains("give `noise`", answer["reason"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_cell_that_drifts_is_told_for_the_instant_that_was_asked_for()
    {
        // R1 rises from 200 Ω by 0.1 Ω/s; 30 points, one a second; at 20 s it is 202 Ω.
        double[] hertz = [.. Enumerable.Range(0, 30).Select(i => Math.Pow(10, 6 - (6.0 * i / 29)))];
        var z = hertz.Select((f, i) => 100 + (1 / ((1 / (200 + (0.1 * i))) + new System.Numerics.Complex(0, 2 * Math.PI * f * 1e-6)))).ToList();
        var line = new JsonObject
        {
            ["id"] = "x", ["circuit"] = "R0-p(R1,C1)", ["noise"] = 1e-5, ["t_ref_s"] = 20,
            ["freq"] = Array(hertz), ["zreal"] = Array(z.Select(p => p.Real)), ["zimag"] = Array(z.Select(p => p.Imaginary)), ["time_s"] = Array(Enumerable.Range(0, 30).Select(i => (double)i)),
        };
        var answer = JsonNode.Parse(FitJsonl.Answer(line.ToJsonString(), 1))!;
        Assert.Equal(202, answer["parameters"]!["R1"]!.GetValue<double>(), 1e-3);
        Assert.Equal(0.1 * 3600 / 202, answer["driftPerHour"]!["R1"]!.GetValue<double>(), 1e-3);
        Assert.Null(answer["parameters"]!["R1_drift"]);
    }

    [Theory]
    [InlineData("""{"circuit":"R0","freq":[1,null],"zreal":[1,1],"zimag":[0,0]}""", "`freq` has no number at place 2")]
    [InlineData("""{"circuit":"R0","freq":[1,2],"zreal":[1,1],"zimag":[0,0],"noise":0}""", "`noise` is 0")]
    [InlineData("""{"circuit":"R0","freq":[1,2],"zreal":[1e304,1],"zimag":[0,0],"noise":0.01}""", "|Z| is above")]
    [InlineData("""{"circuit":"R0-p(R1","freq":[1,2],"zreal":[1,1],"zimag":[0,0]}""", "column 5: this bracket is not closed")]
    [InlineData("""{"circuit":"R0","freq":[2,2],"zreal":[1,1],"zimag":[0,0],"noise":0.01}""", "all frequencies are equal")]
    [InlineData("""{"circuit":"R0-p(R1,C1)","freq":[2],"zreal":[1],"zimag":[0],"noise":0.01}""", "1 points cannot determine 3 parameters")]
    [InlineData("""{"circuit":"R0","freq":[-2,1],"zreal":[1,1],"zimag":[0,0],"noise":0.01}""", "frequency 1 is -2 Hz")]
    public void What_is_wrong_with_a_line_is_told(string line, string expected) =>
        Assert.Contains(expected, JsonNode.Parse(FitJsonl.Answer(line, 3))!["error"]!.GetValue<string>(), StringComparison.Ordinal);

    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("""{"circuit":"R0"}""")]
    public void A_line_that_is_none_is_told_with_its_number(string line) =>
        Assert.Equal(3, JsonNode.Parse(FitJsonl.Answer(line, 3))!["line"]!.GetValue<int>());

    [Fact]
    public void A_circuit_that_cannot_be_read_is_told_on_one_line()
    {
        var answer = FitJsonl.Answer("""{"circuit":"R0-X1","freq":[1],"zreal":[1],"zimag":[1]}""", 3);
        var error = JsonNode.Parse(answer)!["error"]!.GetValue<string>();
        Assert.StartsWith("circuit `R0-X1`, column 4: `X` is not an element; write one of ", error, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error);
        Assert.DoesNotContain('\n', answer);
    }

    private static JsonArray Array(IEnumerable<double> values) => new([.. values.Select(value => (JsonNode)value)]);

    /// <summary>R0 = 100 Ω, R1 = 200 Ω, C1 = 1 µF from 1 MHz to 1 Hz, with 0.01 % of alternating error.</summary>
    private static JsonNode Answer(int count)
    {
        double[] hertz = [.. Enumerable.Range(0, count).Select(i => Math.Pow(10, 6 - (6.0 * i / (count - 1))))];
        var z = hertz.Select((f, i) => (100 + (200 / new System.Numerics.Complex(1, 2 * Math.PI * f * 200 * 1e-6))) * (1 + (i % 2 == 0 ? 1e-4 : -1e-4))).ToList();
        static string List(IEnumerable<double> values) => string.Join(',', values.Select(value => value.ToString("R", CultureInfo.InvariantCulture)));
        return JsonNode.Parse(FitJsonl.Answer(
            $$"""{"id":7,"circuit":"R0-p(R1,C1)","freq":[{{List(hertz)}}],"zreal":[{{List(z.Select(v => v.Real))}}],"zimag":[{{List(z.Select(v => v.Imaginary))}}]}""", 1))!;
    }
}

using System.Text;
using CycleRig.Impedance.Files;
using Xunit;

namespace CycleRig.Impedance.Tests.Files;

public sealed class SpectrumTextTests
{
    private const string Text = "f,re,im,Cs/µF\n10,1,2,3\n9,1,2,3\n";

    [Fact]
    public void Each_encoding_gives_the_same_names() => Assert.All(
        (byte[][])
        [
            Encoding.UTF8.GetBytes(Text), [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(Text)], Encoding.Latin1.GetBytes(Text),
            SpectrumFixtures.Utf16(Text), [.. Encoding.BigEndianUnicode.Preamble, .. Encoding.BigEndianUnicode.GetBytes(Text)],
        ],
        content => Assert.Equal("Cs/µF", Assert.Single(Assert.Single(SpectrumFile.Read("a.csv", content)).Columns).Name));

    [Fact]
    public void Windows_1252_has_signs_where_Latin_1_has_none() =>
        Assert.Equal("€/µA", Assert.Single(SpectrumFile.Read("a.csv", [.. "f,re,im,"u8, 0x80, .. "/"u8, 0xB5, .. "A\n10,1,2,3\n9,1,2,3\n"u8])[0].Columns).Name);

    [Theory]
    [InlineData("1", 1)]
    [InlineData(" -1,5E-3 ", -1.5e-3)]
    [InlineData("1.5", 1.5)]
    public void Numbers_have_a_point_or_a_comma(string cell, double expected)
    {
        Assert.True(SpectrumText.IsNumber(cell, out var value));
        Assert.Equal(expected, value);
    }

    [Theory]
    [InlineData("")]
    [InlineData("1,000.5")]
    [InlineData("1.000,5")]
    [InlineData("1,2,3")]
    [InlineData("1 000")]
    [InlineData("(1)")]
    public void Signs_of_thousands_are_refused(string cell) => Assert.False(SpectrumText.IsNumber(cell, out _));
}

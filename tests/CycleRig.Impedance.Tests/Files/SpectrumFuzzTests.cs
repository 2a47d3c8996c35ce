using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using CycleRig.Impedance.Files;
using CycleRig.Testing;
using Xunit;

namespace CycleRig.Impedance.Tests.Files;

/// <summary>Broken files: the readers' own exception and no other, no hang, and memory in proportion to the file.</summary>
public sealed class SpectrumFuzzTests
{
    private const int RealEvery = 17;
    private const int Stride = 7919; // Neighbouring seeds draw alike.
    private const int MemoryFactor = 20;
    private const int MemoryConstant = 64 << 10;
    private static readonly int Cases = Environment.GetEnvironmentVariable("CYCLERIG_LONG") is null ? 100_000 : 2_000_000;

    /// <summary>A hang, on a machine that does ten other things: alone the slowest takes 0.1 s.</summary>
    private static readonly TimeSpan TimeMax = TimeSpan.FromSeconds(20);

    private static readonly string[] Numbers = ["1e999", "-1e999", "NaN", "Infinity", "-0", "1e-320", "-5", "0", "1.2.3", "1,000.5", new string('9', 400), "0x10", "--1", "1e", "٣"];
    private static readonly byte[] Separators = "\t,; \n\"."u8.ToArray();

    [Fact]
    public void A_hundred_thousand_broken_files_raise_only_the_exception_of_the_readers()
    {
        foreach (var (name, content) in SpectrumFixtures.All)
            Assert.NotEmpty(SpectrumFile.Read(name, content));
        // Real exports are long and are broken less often.
        var real = SharedData.Find("data/impedance/readers") is { } folder ? Directory.GetFiles(folder).Select(path => (Path.GetFileName(path), File.ReadAllBytes(path))).ToArray() : [];
        var seed = Random.Shared.Next();
        var wrongs = new ConcurrentQueue<string>();
        var read = 0;
        Parallel.For(0, Cases, (index, loop) =>
        {
            var random = new Random(unchecked(seed + (index * Stride)));
            var (name, whole) = real.Length > 0 && index % RealEvery == 0 ? real[index / RealEvery % real.Length] : SpectrumFixtures.All[index % SpectrumFixtures.All.Count];
            var content = Broken(whole, random);
            if (Wrong(name, content, ref read) is not { } wrong)
                return;
            wrongs.Enqueue($"seed {seed}, case {index}, {name}: {wrong}\n{Convert.ToBase64String(content)}");
            loop.Stop();
        });
        Assert.True(wrongs.IsEmpty, wrongs.FirstOrDefault());
        Assert.InRange(read, Cases / 20, Cases); // Most breaks are refused, but not all: else the fuzz would only test the first line.
    }

    [Theory]
    [InlineData("a.mpt", SpectrumFixtures.BioLogic)]
    [InlineData("a.DTA", SpectrumFixtures.Gamry)]
    [InlineData("a.z", SpectrumFixtures.ZView)]
    [InlineData("b.z", SpectrumFixtures.ZViewQuoted)]
    [InlineData("a.txt", SpectrumFixtures.Autolab)]
    [InlineData("p.txt", SpectrumFixtures.Parstat)]
    [InlineData("s.txt", SpectrumFixtures.PowerSuite)]
    [InlineData("c.txt", SpectrumFixtures.ChInstruments)]
    [InlineData("z.txt", SpectrumFixtures.Zahner)]
    [InlineData("p.csv", SpectrumFixtures.PalmSens)]
    [InlineData("a.csv", SpectrumFixtures.Separated)]
    [InlineData("n.csv", SpectrumFixtures.Nameless)]
    [InlineData("short.csv", "1,1,1\n2,1,1\n")]
    public void A_long_file_takes_less_than_twenty_times_its_size(string name, string text)
    {
        var lines = text.TrimEnd('\r', '\n').Split('\n');
        var content = Encoding.UTF8.GetBytes(text + string.Concat(Enumerable.Repeat($"{lines[^2]}\n{lines[^1]}\n", 10_000)));
        SpectrumFile.Read(name, Encoding.UTF8.GetBytes(text));
        var before = GC.GetAllocatedBytesForCurrentThread();
        var spectra = SpectrumFile.Read(name, content);
        var taken = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.True(spectra[^1].Data.Count > 10_000, $"{spectra[^1].Data.Count}");
        Assert.True(taken < MemoryFactor * (long)content.Length, $"{(double)taken / content.Length:F1} times the file");
    }

    [Theory]
    [InlineData("\"a,")]
    [InlineData("a:\n")]
    [InlineData("\n")]
    [InlineData("1")]
    [InlineData("1,")]
    [InlineData("{\"a\":[")]
    [InlineData("freq,re,im\n")]
    [InlineData("1 1 1 ")]
    public void A_long_file_of_nonsense_is_refused_in_time_and_memory(string piece)
    {
        var content = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(piece, 300_000 / piece.Length)));
        var read = 0;
        Assert.Null(Wrong("a.csv", content, ref read));
        Assert.Equal(0, read);
    }

    /// <summary>What is wrong with reading a content, or null.</summary>
    private static string? Wrong(string name, byte[] content, ref int read)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var start = Stopwatch.GetTimestamp();
        try
        {
            if (SpectrumFile.Read(name, content).Count == 0)
                return "no spectra";
            Interlocked.Increment(ref read);
        }
        catch (SpectrumFileException wrong) when (wrong.Message.StartsWith(name + ":", StringComparison.Ordinal))
        {
            // As it should be.
        }
        catch (Exception wrong)
        {
            return wrong.ToString();
        }

        var taken = GC.GetAllocatedBytesForCurrentThread() - before;
        if (taken > (MemoryFactor * (long)content.Length) + MemoryConstant)
            return $"{taken} bytes taken for {content.Length}";
        return Stopwatch.GetElapsedTime(start) < TimeMax ? null : $"took {Stopwatch.GetElapsedTime(start)}";
    }

    private static byte[] Broken(byte[] whole, Random random)
    {
        var content = whole.ToList();
        for (var left = random.Next(1, 5); left > 0 && content.Count > 0; left--)
            Break(content, random);
        return [.. content];
    }

    private static void Break(List<byte> content, Random random)
    {
        var at = random.Next(content.Count);
        var length = Math.Min(random.Next(1, 20), content.Count - at);
        switch (random.Next(10))
        {
            case 0:
                content[at] ^= (byte)(1 << random.Next(8));
                break;
            case 1:
                content[at] = (byte)random.Next(256);
                break;
            case 2:
                content.RemoveRange(at, length);
                break;
            case 3:
                var bytes = new byte[length];
                random.NextBytes(bytes);
                content.InsertRange(at, bytes);
                break;
            case 4:
                content.RemoveRange(at, content.Count - at);
                break;
            case 5:
                content.Insert(at, Separators[random.Next(Separators.Length)]);
                break;
            case 6:
                var line = Line(content, at);
                content.InsertRange(line.Start, Enumerable.Repeat(content.GetRange(line.Start, line.Length), random.Next(1, 30)).SelectMany(copy => copy).ToList());
                break;
            case 7:
                var (from, to) = (Separators[random.Next(Separators.Length)], Separators[random.Next(Separators.Length)]);
                for (var i = at; i < content.Count; i++)
                    content[i] = content[i] == from ? to : content[i];
                break;
            case 8:
                var number = Numbers[random.Next(Numbers.Length)];
                content.InsertRange(at, content.Count > 1 && content[1] == 0xFE ? Encoding.Unicode.GetBytes(number) : Encoding.UTF8.GetBytes(number));
                break;
            default:
                var gone = Line(content, at);
                content.RemoveRange(gone.Start, gone.Length);
                break;
        }
    }

    private static (int Start, int Length) Line(List<byte> content, int at)
    {
        var start = content.LastIndexOf((byte)'\n', at) + 1;
        var end = content.IndexOf((byte)'\n', at);
        return (Math.Min(start, at), (end < 0 ? content.Count : end + 1) - Math.Min(start, at));
    }
}

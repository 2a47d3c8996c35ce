using System.Text;

namespace CycleRig.Impedance.Tests.Files;

/// <summary>One small file of each format, written here after the layouts that the instruments use.</summary>
internal static class SpectrumFixtures
{
    public const string BioLogic = "EC-Lab ASCII FILE\r\nNb header lines : 6                          \r\n\r\nGalvano Electrochemical Impedance Spectroscopy\r\n"
        + "Acquisition started on : XX/XX/XXXX XX:XX:XX\r\n"
        + "freq/Hz\tRe(Z)/Ohm\t-Im(Z)/Ohm\t|Z|/Ohm\tPhase(Z)/deg\ttime/s\t<Ewe>/V\tTHD Ewe/%\tcycle number\tNs\t\r\n"
        + "1.0000000E+005\t1.0E+001\t2.0E+000\t1.01980E+001\t-1.13099E+001\t1.5E+000\t3.1E+000\t1.2E-001\t1.000000000000000E+000\t0\r\n"
        + "1.0000000E+003\t2.0E+001\t6.0E+000\t2.08806E+001\t-1.66992E+001\t2.5E+000\t3.1E+000\t-1.0E+000\t1.000000000000000E+000\t0\r\n"
        + "1.0000000E+005\t1.1E+001\t2.1E+000\t1.11987E+001\t-1.08081E+001\t9.5E+000\t3.2E+000\t1.3E-001\t2.000000000000000E+000\t0\r\n"
        + "1.0000000E+003\t2.1E+001\t6.1E+000\t2.18680E+001\t-1.61984E+001\t1.05E+001\t3.2E+000\t1.4E-001\t2.000000000000000E+000\t0\r\n";

    public const string Gamry = "EXPLAIN\nTAG\tGALVEIS\nTITLE\tLABEL\tGalvanostatic EIS\tTest &Identifier\nDATE\tLABEL\t**/**/****\tDate\n"
        + "NOTES\tNOTES\t1\t&Notes...\n\tcell 7\nIACREQ\tQUANT\t1.00000E-004\tAC current\nOCVCURVE\tTABLE\t2\n\tPt\tT\tVf\n\t#\ts\tV vs. Ref.\n\t0\t0.5\t1.1\n\t1\t1.0\t1.1\n"
        + "ZCURVE\tTABLE\n\tPt\tTime\tFreq\tZreal\tZimag\tZsig\tZmod\tZphz\tZrealDrCor\tZimagDrCor\tIdc\tVdc\tIERange\n"
        + "\t#\ts\tHz\tohm\tohm\tV\tohm\t°\tohm\tohm\tA\tV\t#\n"
        + "\t0\t1\t200015.6\t825.5\t-1367.25\t1\t1597.1\t-58.87\t825.25\t-1367.5\t-5.9E-006\t-0.34\t9\n"
        + "\t1\t3\t158953.1\t1100.5\t-1502.125\t1\t1862.0\t-53.77\t1100.25\t-1502.5\t-3.7E-006\t-0.34\t9\n";

    public const string ZView = "ZPLOT2 ASCII\n  Measured Data, ZPlot:       3.2c\n  Date:                       10-12-2018\n  Begin Experiment:           0\n"
        + "  Data Points:                2\n  Freq(Hz)\tAmpl\tBias\tTime(Sec)\tZ'(a)\tZ''(b)\tGD\tErr\tRange\nEnd Comments\n"
        + "3.000000E+05\t1.0000E-02\t0.0000E+00\t2.67\t1.4777E+02\t-1.1335E+01\t0\t0\t3\n2.382985E+05\t1.0000E-02\t0.0000E+00\t3.37\t1.4893E+02\t1.7302E+01\t0\t0\t3\n";

    public const string ZViewQuoted = "\"ZPlotW Data File: Version 3.2c\"\n\"Raw Data\"\nDate: 12-17-2019    Time: 16:24:35\n\"Frequency\"\n0,3,0,1,300000,0.005\n2\n"
        + "\"  Freq(Hz)    Ampl     Bias   Time(Sec)   Z'(a)    Z''(b)    GD   Err   Range\"\n"
        + "3.000000E+05, 1.0000E-02, 0.0000E+00, 2.58, 6.4262E+02, -8.5821E+01, 0, 0, 5\n2.382985E+05, 1.0000E-02, 0.0000E+00, 3.28, 6.7477E+02, -1.1931E+02, 0, 0, 5\n";

    public const string Autolab = "\"Z60W Data File: Version 1.1\"\n\"\"\n\"\"\n0,2,0,1,0.1,10000\n2\n"
        + "\"  Freq (Hz)    Ampl     Bias   Time(Sec)   Z'(a)    Z''(b)    GD   Err   Range\"\n10000,0,0,0,0.0138,0.00719,0,0,0\n7498.9,0,0,0,0.0135,-0.00524,0,0,0\n";

    public const string Parstat = "Potential (V)\tCurrent (A)\tElapsed Time (s)\tFrequency (Hz)\tZre (ohms)\tZim (ohms)\t|Vac| (V)\t|Iac| (A)\t\n"
        + "3.493\t-0.15\t10\t0\t0\t0\t0\t0\t\n3.492\t-0.15\t20\t0\t0\t0\t0\t0\t\n3.5\t0.02\t30\t10000\t-0.0005\t0.0175\t0.005\t0.18\t\n3.5\t0.02\t31\t10\t0.027\t-0.004\t0.005\t0.18\t\n";

    public const string VersaStudio = "<Application>\nName=VersaStudio\n</Application>\n\n<Segment1>\nType=2\nVersion=3\n"
        + "Definition=Segment #, Point #, E(V), Elapsed Time(s), Status, Frequency(Hz), E Real, E Imag, Z Real, Z Imag, Z2 Real, Z2 Imag, ActionId, 0\n"
        + "0,0,0.1,0.5,53,0,0,0,0,0,0,0,20\n1,0,0,1.812,53,100000,-0.0036,-0.0179,55.31571,4.575431,0,0,21\n1,1,0,2.147,53,77426.37,-0.02,-0.007,56.93847,1.668054,0,0,21\n</Segment1>\n\n<Graph1>\nType=Unknown\n</Graph1>\n";

    public const string PowerSuite = "Frequency\t Zre\t Zimg\r\r\n0.1\t 423929.46\t -49014.063\r\r\n0.17854992\t 407724.77\t -44951.636\r\r\n2000000\t -470.5\t -1397.7\r\r\n";

    public const string ChInstruments = "Feb. 20, 2020   15:55:08\nA.C. Impedance\nFile: c:\\data\\a.bin\nInit E (V) = 0\nHigh Frequency (Hz) = 2e+6\n\n"
        + "Freq/Hz, Z'/ohm, Z\"/ohm, Z/ohm, Phase/deg\n\n9.961e+4, 9.891e+1, -2.748e+0, 9.894e+1, -1.6\n8.252e+4, 9.912e+1, 1.603e+0, 9.913e+1, 0.9\n";

    public const string Zahner = "File name...: c:\\thales\\data\\cell.ism\nTime........: 10:00:00 - 10:05:00\nPotential...: 3.0000V\nCurrent.....: 1.00mA, Ampl: 10.0mV\n\n"
        + "Number  Frequency/Hz  Impedance/Ohm  Phase/deg  Significance\n0  1.0000e+05  2.0000e+01  -60.0  0.999\n1  1.0000e+03  5.0000e+01  -90.0  0.998\n\n"
        + "Potential...: 3.1000V\nNumber  Frequency/Hz  Impedance/Ohm  Phase/deg  Significance\n0  1.0000e+05  2.1000e+01  -60.0  0.999\n1  1.0000e+03  5.1000e+01  0.0  0.998\n";

    public const string PalmSens = "Date and time:,2025-01-01 12:00:00\r\nNotes:\r\nMeasurement:,Impedance Spectroscopy\r\nCH 3: Fixed at 2 freqs\r\n"
        + "freq / Hz,neg. Phase / °,Idc / uA,Z / Ohm,Z' / Ohm,-Z'' / Ohm,Cs / F\r\n100000,10.0,1.5,4000,3939.2,694.6,2.3E-09\r\n1000,40,1.5,50000,38302.2,32139.4,5E-09\r\n"
        + "CH 4: Fixed at 2 freqs\r\nfreq / Hz,neg. Phase / °,Idc / uA,Z / Ohm,Z' / Ohm,Z'' / Ohm,Cs / F\r\n100000,-10.0,1.5,4000,3939.2,-694.6,2.3E-09\r\n1000,40,1.5,50000,38302.2,32139.4,5E-09\r\n";

    public const string Separated = "# cell 7\n\"Frequency (kHz)\";Z' [mΩ];Z''/mOhm;\"T/°C\";note\n1,5;65,5;-1,5;25,1;ok\n0,1;75,5;-2,5;25,2;\"a;b\"\n";

    public const string Nameless = "1000,65.5,-1.5\n100,75.5,-2.5\n10,85.5,-3.5\n";

    public const string Json = "{\"format\":\"cyclerig-spectra\",\"version\":1,\"spectra\":[{\"label\":\"a\",\"frequenciesHz\":[1000,100],\"realOhms\":[1,2],\"imaginaryOhms\":[-1,-2.5],\"timesSeconds\":[0,1]}]}";

    /// <summary>All of them as files: name and content.</summary>
    public static IReadOnlyList<(string Name, byte[] Content)> All { get; } =
    [
        ("a.mpt", Encoding.Latin1.GetBytes(BioLogic)), ("comma.mpt", Encoding.Latin1.GetBytes(BioLogic.Replace('.', ','))), ("a.DTA", Encoding.Latin1.GetBytes(Gamry)),
        ("a.z", Encoding.ASCII.GetBytes(ZView)), ("b.z", Encoding.ASCII.GetBytes(ZViewQuoted)), ("autolab.txt", [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(Autolab)]),
        ("parstat.txt", Encoding.ASCII.GetBytes(Parstat)), ("a.par", Encoding.ASCII.GetBytes(VersaStudio)), ("power.txt", Encoding.ASCII.GetBytes(PowerSuite)),
        ("chi.txt", Encoding.ASCII.GetBytes(ChInstruments)), ("zahner.txt", Encoding.Latin1.GetBytes(Zahner)), ("palmsens.csv", Utf16(PalmSens)),
        ("a.csv", Encoding.UTF8.GetBytes(Separated)), ("n.csv", Encoding.ASCII.GetBytes(Nameless)), ("a.json", Encoding.ASCII.GetBytes(Json)),
    ];

    /// <summary>UTF-16, little end first, with its mark.</summary>
    public static byte[] Utf16(string text) => [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(text)];
}

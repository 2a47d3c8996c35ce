namespace CycleRig.Impedance.Circuits;

/// <summary>A circuit string while it is read: the place, the names so far, the depth of brackets.</summary>
internal sealed class CircuitText(string text, ElementLibrary library)
{
    private const int DepthMax = 32;

    private readonly Dictionary<string, int> _names = [];
    private int _depth;

    /// <summary>Index of the next character.</summary>
    public int At { get; set; }

    /// <summary>The elements that it may name.</summary>
    public ElementLibrary Library => library;

    /// <summary>Elements named so far.</summary>
    public int Elements => _names.Count;

    /// <summary>The next character, or '\0' at the end.</summary>
    public char Next => At < text.Length ? text[At] : '\0';

    public bool Ended => At >= text.Length;

    /// <summary>From a place up to the next character.</summary>
    public string From(int start) => text[start..At];

    /// <summary>Whether the text goes on with this.</summary>
    public bool IsAt(string what) => string.CompareOrdinal(text, At, what, 0, what.Length) == 0;

    public void While(Func<char, bool> accepted)
    {
        while (At < text.Length && accepted(text[At]))
            At++;
    }

    public void Blank() => While(letter => letter == ' ');

    /// <summary>Steps over a character, and the blanks before it, if it is the next.</summary>
    public bool Take(char letter)
    {
        Blank();
        if (Next != letter || Ended)
            return false;
        At++;
        return true;
    }

    /// <summary>Opens a bracket; gives its place.</summary>
    public int Open()
    {
        if (++_depth > DepthMax)
            throw Wrong($"brackets are nested deeper than {DepthMax}");
        return At++;
    }

    /// <summary>Closes it.</summary>
    public void Close(char bracket, int open, string others)
    {
        if (!Take(bracket))
            throw Ended ? Wrong("this bracket is not closed", open) : Wrong($"write {others}`{bracket}`");
        _depth--;
    }

    /// <summary>An element under a name of its own.</summary>
    public ElementNode Named(ElementKind kind, string name, int position) => _names.TryAdd(name, position)
        ? new(kind, name)
        : throw Wrong($"`{name}` stands here a second time; give it a number of its own", position);

    public CircuitFormatException Wrong(string what, int? position = null) => new(text, position ?? At, what);
}

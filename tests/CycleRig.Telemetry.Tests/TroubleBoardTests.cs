using Xunit;

namespace CycleRig.Telemetry.Tests;

public sealed class TroubleBoardTests
{
    private readonly Clock _clock = new();
    private readonly List<string> _told = [];
    private readonly TroubleBoard _board;

    public TroubleBoardTests() => _board = new(trouble => _told.Add(trouble.ToString()), _clock);

    [Fact]
    public void A_trouble_is_told_when_it_comes_and_when_it_goes_however_often_it_is_tried()
    {
        for (var attempt = 0; attempt < 1000; attempt++)
            _board.Raise("database", "it is down");
        _board.Clear("database");
        _board.Clear("database");
        Assert.Equal(["ALARM database: it is down", "database: over; it was: it is down"], _told);
    }

    [Fact]
    public void One_that_changes_its_words_is_told_twice_a_minute_at_most_and_always_shown()
    {
        for (var second = 0; second < 60; second++)
        {
            _board.Raise("broker", $"attempt {second}");
            Assert.Equal($"attempt {second}", Assert.Single(_board.Open).Text);
            _clock.Seconds++;
        }

        Assert.Equal(["ALARM broker: attempt 0", "ALARM broker: attempt 30"], _told);
    }

    [Fact]
    public void Kinds_are_told_apart()
    {
        _board.Raise("broker", "a");
        _board.Raise("database", "b");
        _board.Clear("broker");
        Assert.Equal("database", Assert.Single(_board.Open).Kind);
    }

    private sealed class Clock : TimeProvider
    {
        public long Seconds { get; set; } = 1;

        public override long TimestampFrequency => 1;

        public override long GetTimestamp() => Seconds;
    }
}

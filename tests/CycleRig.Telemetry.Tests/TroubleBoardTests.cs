using Xunit;

namespace CycleRig.Telemetry.Tests;

public sealed class TroubleBoardTests
{
    private readonly Clock _clock = new();
    private readonly List<Trouble> _told = [];
    private readonly TroubleBoard _board;

    public TroubleBoardTests() => _board = new(_told.Add, _clock);

    [Fact]
    public void A_trouble_is_told_when_it_comes_and_when_it_goes()
    {
        for (var i = 0; i < 100; i++)
        {
            _board.Raise("broker", "away");
            _clock.Seconds++;
        }

        _board.Clear("broker");
        _board.Clear("broker");
        Assert.Equal([new("broker", "away", true), new("broker", "away", false)], _told);
        Assert.Empty(_board.Open);
    }

    [Fact]
    public void One_that_changes_all_the_time_is_told_every_ten_seconds_and_shown_as_it_is()
    {
        for (var i = 0; i < 100; i++)
        {
            _board.Raise("garbage", $"on topic {i}");
            Assert.Equal($"on topic {i}", Assert.Single(_board.Open).Text);
            if (i % 10 == 9)
                _clock.Seconds++;
        }

        Assert.Single(_told);
        _clock.Seconds = 11;
        _board.Raise("garbage", "on another topic");
        Assert.Equal(2, _told.Count);
    }

    [Fact]
    public void A_cause_that_changed_too_soon_is_told_when_it_is_raised_again()
    {
        _board.Raise("broker", "away");
        _board.Raise("broker", "refuses");
        _clock.Seconds = 10;
        _board.Raise("broker", "refuses");
        Assert.Equal(["away", "refuses"], _told.Select(told => told.Text));
    }

    private sealed class Clock : TimeProvider
    {
        public long Seconds { get; set; }

        public override long TimestampFrequency => 1;

        public override long GetTimestamp() => Seconds;
    }
}

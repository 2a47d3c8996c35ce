using CycleRig.Storage.Recordings;
using Xunit;

namespace CycleRig.Storage.Tests.Recordings;

public sealed class RecordingGroupsTests
{
    [Fact]
    public void Recordings_that_share_a_chamber_or_a_press_are_a_group_over_any_number_of_steps()
    {
        using var folder = new TemporaryFolder();
        string[] folders =
        [
            Written(folder, "a", "\"chamber\":\"c-1\",\"press\":\"p-1\""), Written(folder, "b", "\"chamber\":\"c-2\",\"press\":\"p-2\""),
            Written(folder, "c", "\"chamber\":\"c-3\",\"press\":\"p-1\""), Written(folder, "d", "\"chamber\":\"c-3\",\"press\":null"),
            Written(folder, "e", "\"press\":\"c-1\""), Written(folder, "f", "\"id\":\"x\""), Written(folder, "g", "\"id\":\"x\""), Path.Combine(folder.Path, "absent"),
        ];
        Assert.Equal([[0, 2, 3], [1], [4], [5], [6], [7]], RecordingGroups.Of(folders));
        Assert.Empty(RecordingGroups.Of([]));
    }

    [Fact]
    public void Two_groups_that_a_later_recording_joins_are_one()
    {
        using var folder = new TemporaryFolder();
        string[] folders = [Written(folder, "a", "\"chamber\":\"c-1\""), Written(folder, "b", "\"press\":\"p-1\""), Written(folder, "c", "\"chamber\":\"c-1\",\"press\":\"p-1\"")];
        Assert.Equal([[0, 1, 2]], RecordingGroups.Of(folders));
    }

    private static string Written(TemporaryFolder folder, string name, string facts)
    {
        var path = Directory.CreateDirectory(Path.Combine(folder.Path, name)).FullName;
        File.WriteAllText(Path.Combine(path, "cell.json"), $$"""{"area_cm2":0.03,{{facts}}}""");
        return path;
    }
}

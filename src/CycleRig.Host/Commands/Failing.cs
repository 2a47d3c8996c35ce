using CycleRig.Devices.Links;
using CycleRig.Files;
using CycleRig.Storage.Journals;

namespace CycleRig.Host.Commands;

/// <summary>Turns what can go wrong into one line on stderr and an exit code; no stack trace.</summary>
internal static class Failing
{
    public static async Task<int> Guard(Func<Task<int>> work)
    {
        try
        {
            return await work();
        }
        catch (FileProblemsException wrong)
        {
            foreach (var problem in wrong.Problems)
                await Console.Error.WriteLineAsync(problem.ToString());
            return ExitCodes.BadData;
        }
        catch (JournalLockedException held)
        {
            await Console.Error.WriteLineAsync(held.Message);
            return ExitCodes.NotReachable;
        }
        catch (JournalException journal)
        {
            await Console.Error.WriteLineAsync(journal.Message);
            return ExitCodes.Device;
        }
        catch (ApiException refused)
        {
            await Console.Error.WriteLineAsync(refused.Message);
            return ExitCodes.NotReachable;
        }
        catch (Exception taken) when (taken is DeviceHostRunningException or DeviceHostTakenException)
        {
            await Console.Error.WriteLineAsync(taken.Message);
            return ExitCodes.NotReachable;
        }
        catch (IOException inUse) when (inUse.InnerException is Microsoft.AspNetCore.Connections.AddressInUseException)
        {
            await Console.Error.WriteLineAsync($"{inUse.Message.TrimEnd('.')}; give another --port, or none for a free one");
            return ExitCodes.NotReachable;
        }
        catch (IOException disk)
        {
            await Console.Error.WriteLineAsync($"{disk.Message.TrimEnd('.')}; give a folder that can be written");
            return ExitCodes.Device;
        }
        catch (UnauthorizedAccessException denied)
        {
            await Console.Error.WriteLineAsync($"{denied.Message} Check the folder's owner.");
            return ExitCodes.Device;
        }
        catch (OperationCanceledException)
        {
            await Console.Error.WriteLineAsync("interrupted");
            return ExitCodes.Interrupted;
        }
        catch (Exception fault) when (fault is not (OutOfMemoryException or StackOverflowException))
        {
            await Console.Error.WriteLineAsync($"a fault in CycleRig itself, {fault.GetType().Name}: {(fault.InnerException ?? fault).Message.ReplaceLineEndings(" ")} Keep the data folder and report it.");
            return ExitCodes.Device;
        }
    }
}

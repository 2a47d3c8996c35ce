using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace CycleRig.Storage.Tests.Journals.CutPoints;

/// <summary>
/// A VFS around SQLite's default one. Calls on files in the folder of a <see cref="PowerCutDisk"/> go through that disk, which counts them, lets
/// one fail or stops the machine; all others pass. It becomes the default of the process, so that the journal runs as it is.
/// </summary>
internal static unsafe partial class CutVfs
{
    public const int Ok = 0;
    public const int InputOutput = 10;
    public const int Full = 13;

    private const int OpenCreate = 0x4;
    private const int OpenMainJournal = 0x800;
    private const int OpenWal = 0x80000;

    private static readonly ConcurrentDictionary<string, PowerCutDisk> Disks = new(StringComparer.Ordinal);
    private static readonly ConcurrentDictionary<long, OpenFile> Open = new();
    private static readonly SqliteVfs* Default = Find(null);
    private static readonly SqliteMethods* Methods = MakeMethods();
    private static readonly SqliteVfs* Shim = Register();
    private static long _opened;

    /// <summary>Puts a disk in charge of its folder.</summary>
    public static void Add(PowerCutDisk disk)
    {
        if (Shim is null)
            throw new InvalidOperationException("SQLite took no VFS.");
        Disks[disk.Folder] = disk;
    }

    public static void Remove(PowerCutDisk disk) => Disks.TryRemove(disk.Folder, out _);

    [LibraryImport("e_sqlite3", EntryPoint = "sqlite3_vfs_find")]
    private static partial SqliteVfs* Find(byte* name);

    [LibraryImport("e_sqlite3", EntryPoint = "sqlite3_vfs_register")]
    private static partial int Register(SqliteVfs* vfs, int makeDefault);

    private static SqliteVfs* Register()
    {
        var shim = (SqliteVfs*)NativeMemory.AllocZeroed((nuint)sizeof(SqliteVfs));
        *shim = *Default; // What is not replaced asks only for what stands in the structure.
        shim->Next = null;
        shim->Name = (byte*)Marshal.StringToCoTaskMemUTF8("cut-points");
        shim->FileBytes = sizeof(SqliteFile) + Default->FileBytes;
        shim->Open = &OpenFileOf;
        shim->Delete = &Delete;
        return Register(shim, 1) == Ok ? shim : null;
    }

    private static SqliteMethods* MakeMethods()
    {
        var methods = (SqliteMethods*)NativeMemory.AllocZeroed((nuint)sizeof(SqliteMethods));
        *methods = new()
        {
            Version = 2, Close = &Close, Read = &Read, Write = &Write, Truncate = &Truncate, Sync = &Sync, FileSize = &FileSize, Lock = &Lock,
            Unlock = &Unlock, CheckReservedLock = &CheckReservedLock, FileControl = &FileControl, SectorSize = &SectorSize,
            DeviceCharacteristics = &DeviceCharacteristics, ShmMap = &ShmMap, ShmLock = &ShmLock, ShmBarrier = &ShmBarrier, ShmUnmap = &ShmUnmap,
        };
        return methods;
    }

    private static PowerCutDisk? DiskOf(string? path) =>
        path is not null && Path.GetDirectoryName(path) is { } folder && Disks.TryGetValue(folder, out var disk) ? disk : null;

    private static SqliteFile* Real(SqliteFile* file) => file + 1;

    private static OpenFile? Tracked(SqliteFile* file) => file->Tracked != 0 && Open.TryGetValue(file->Tracked, out var open) ? open : null;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int OpenFileOf(SqliteVfs* vfs, byte* name, SqliteFile* file, int flags, int* outFlags)
    {
        file->Methods = null;
        file->Tracked = 0;
        var path = Marshal.PtrToStringUTF8((nint)name);
        var disk = DiskOf(path);
        var makes = disk is not null && (flags & OpenCreate) != 0 && !File.Exists(path);
        if (disk is not null && (makes ? disk.Count(DiskCall.Create) : disk.Look()) is var refused and not Ok)
            return refused;
        var result = Default->Open(Default, name, Real(file), flags, outFlags);
        if (result != Ok)
            return result;
        file->Methods = Methods;
        if (disk is not null)
        {
            file->Tracked = Interlocked.Increment(ref _opened);
            Open[file->Tracked] = new(disk, disk.ImageOf(path!, makes)) { SyncsFolder = makes && (flags & (OpenMainJournal | OpenWal)) != 0 };
        }

        return Ok;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Delete(SqliteVfs* vfs, byte* name, int syncFolder)
    {
        var disk = DiskOf(Marshal.PtrToStringUTF8((nint)name));
        if (disk is not null && disk.Count(DiskCall.Delete) is var refused and not Ok)
            return refused;
        var result = Default->Delete(Default, name, syncFolder);
        if (result == Ok && syncFolder != 0)
            disk?.FolderSynced();
        return result;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Close(SqliteFile* file)
    {
        Open.TryRemove(file->Tracked, out _);
        return Real(file)->Methods->Close(Real(file));
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Read(SqliteFile* file, byte* buffer, int count, long offset) =>
        Tracked(file)?.Disk.Look() is { } refused and not Ok ? refused : Real(file)->Methods->Read(Real(file), buffer, count, offset);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Write(SqliteFile* file, byte* buffer, int count, long offset)
    {
        if (Tracked(file) is { } open && open.Disk.Write(open.Image, offset, new(buffer, count)) is var refused and not Ok)
            return refused;
        return Real(file)->Methods->Write(Real(file), buffer, count, offset);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Truncate(SqliteFile* file, long size)
    {
        if (Tracked(file) is { } open && open.Disk.Truncate(open.Image, size) is var refused and not Ok)
            return refused;
        return Real(file)->Methods->Truncate(Real(file), size);
    }

    /// <summary>Nothing is really synced: what counts as durable is the disk's own image.</summary>
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Sync(SqliteFile* file, int flags)
    {
        if (Tracked(file) is not { } open)
            return Real(file)->Methods->Sync(Real(file), flags);
        var result = open.Disk.Sync(open.Image, open.SyncsFolder);
        open.SyncsFolder &= result != Ok;
        return result;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int FileSize(SqliteFile* file, long* size) => Real(file)->Methods->FileSize(Real(file), size);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Lock(SqliteFile* file, int level) => Real(file)->Methods->Lock(Real(file), level);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Unlock(SqliteFile* file, int level) => Real(file)->Methods->Unlock(Real(file), level);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int CheckReservedLock(SqliteFile* file, int* held) => Real(file)->Methods->CheckReservedLock(Real(file), held);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int FileControl(SqliteFile* file, int what, void* argument) => Real(file)->Methods->FileControl(Real(file), what, argument);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int SectorSize(SqliteFile* file) => Real(file)->Methods->SectorSize(Real(file));

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int DeviceCharacteristics(SqliteFile* file) => Real(file)->Methods->DeviceCharacteristics(Real(file));

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int ShmMap(SqliteFile* file, int region, int bytes, int extend, void** address) =>
        Real(file)->Methods->ShmMap(Real(file), region, bytes, extend, address);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int ShmLock(SqliteFile* file, int offset, int count, int flags) => Real(file)->Methods->ShmLock(Real(file), offset, count, flags);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void ShmBarrier(SqliteFile* file) => Real(file)->Methods->ShmBarrier(Real(file));

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int ShmUnmap(SqliteFile* file, int delete) => Real(file)->Methods->ShmUnmap(Real(file), delete);

    /// <summary>A file that a connection holds open.</summary>
    private sealed record OpenFile(PowerCutDisk Disk, FileImage Image)
    {
        /// <summary>SQLite's unix VFS syncs the folder with the first sync of a log that it made.</summary>
        public bool SyncsFolder { get; set; }
    }
}

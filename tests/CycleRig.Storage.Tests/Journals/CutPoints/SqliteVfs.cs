using System.Runtime.InteropServices;

namespace CycleRig.Storage.Tests.Journals.CutPoints;

/// <summary>`sqlite3_vfs` of sqlite3.h: what SQLite asks of an operating system.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct SqliteVfs
{
    public int Version;
    public int FileBytes;
    public int PathBytesMax;
    public SqliteVfs* Next;
    public byte* Name;
    public void* AppData;
    public delegate* unmanaged[Cdecl]<SqliteVfs*, byte*, SqliteFile*, int, int*, int> Open;
    public delegate* unmanaged[Cdecl]<SqliteVfs*, byte*, int, int> Delete;
    public nint Access;
    public nint FullPathname;
    public nint DlOpen;
    public nint DlError;
    public nint DlSym;
    public nint DlClose;
    public nint Randomness;
    public nint Sleep;
    public nint CurrentTime;
    public nint GetLastError;
    public nint CurrentTimeInt64;
    public nint SetSystemCall;
    public nint GetSystemCall;
    public nint NextSystemCall;
}

/// <summary>`sqlite3_file`. The shim's own stands before the one of the default VFS.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct SqliteFile
{
    public SqliteMethods* Methods;

    /// <summary>Number of the open file in the shim, 0 for files that it only passes through.</summary>
    public long Tracked;
}

/// <summary>`sqlite3_io_methods`, version 2: with shared memory, without memory maps.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct SqliteMethods
{
    public int Version;
    public delegate* unmanaged[Cdecl]<SqliteFile*, int> Close;
    public delegate* unmanaged[Cdecl]<SqliteFile*, byte*, int, long, int> Read;
    public delegate* unmanaged[Cdecl]<SqliteFile*, byte*, int, long, int> Write;
    public delegate* unmanaged[Cdecl]<SqliteFile*, long, int> Truncate;
    public delegate* unmanaged[Cdecl]<SqliteFile*, int, int> Sync;
    public delegate* unmanaged[Cdecl]<SqliteFile*, long*, int> FileSize;
    public delegate* unmanaged[Cdecl]<SqliteFile*, int, int> Lock;
    public delegate* unmanaged[Cdecl]<SqliteFile*, int, int> Unlock;
    public delegate* unmanaged[Cdecl]<SqliteFile*, int*, int> CheckReservedLock;
    public delegate* unmanaged[Cdecl]<SqliteFile*, int, void*, int> FileControl;
    public delegate* unmanaged[Cdecl]<SqliteFile*, int> SectorSize;
    public delegate* unmanaged[Cdecl]<SqliteFile*, int> DeviceCharacteristics;
    public delegate* unmanaged[Cdecl]<SqliteFile*, int, int, int, void**, int> ShmMap;
    public delegate* unmanaged[Cdecl]<SqliteFile*, int, int, int, int> ShmLock;
    public delegate* unmanaged[Cdecl]<SqliteFile*, void> ShmBarrier;
    public delegate* unmanaged[Cdecl]<SqliteFile*, int, int> ShmUnmap;
}

using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("CycleRig.Scenarios")]
[assembly: InternalsVisibleTo("CycleRig.EndToEnd")]

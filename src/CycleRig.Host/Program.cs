using CycleRig.Host.Commands;

// Turning cells off, confirmed, may take longer than the default two seconds after a signal.
return await CommandTree.Build().Parse(args).InvokeAsync(new() { ProcessTerminationTimeout = TimeSpan.FromSeconds(30) });

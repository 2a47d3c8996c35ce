using CycleRig.Host.Commands;

return await CommandTree.Build().Parse(args).InvokeAsync();

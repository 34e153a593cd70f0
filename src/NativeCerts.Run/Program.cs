using NativeCerts.Run.Cli;
using NativeCerts.Run.Launch;

PagePopulation.Populate();
return CommandLine.Invoke(args);

return NativeCerts.Run.Cli.CommandLine.Invoke(args);

Console.WriteLine(string.Join('\n', args));

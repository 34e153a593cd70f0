// A .NET program for the tests of `--strict`: `hello`, or `WAY URL [ROOT]`. What has to do with TLS is not loaded for the first.
if (args is ["hello"])
{
    Console.WriteLine("hello");
    return 0;
}

return await new Client(args).RunAsync();

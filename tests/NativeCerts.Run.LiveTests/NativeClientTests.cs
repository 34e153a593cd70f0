using NativeCerts.Run.LiveTests.Clients;

namespace NativeCerts.Run.LiveTests;

public sealed class NativeClientTests(InstalledTool tool) : ClientTests<NativeClients>(tool);

using NativeCerts.Run.LiveTests.Clients;

namespace NativeCerts.Run.LiveTests;

public sealed class PythonClientTests(InstalledTool tool) : ClientTests<PythonClients>(tool);

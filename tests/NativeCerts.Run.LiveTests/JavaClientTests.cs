using NativeCerts.Run.LiveTests.Clients;

namespace NativeCerts.Run.LiveTests;

public sealed class JavaClientTests(InstalledTool tool) : ClientTests<JavaClients>(tool);

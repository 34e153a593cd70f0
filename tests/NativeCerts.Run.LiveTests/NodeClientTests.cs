using NativeCerts.Run.LiveTests.Clients;

namespace NativeCerts.Run.LiveTests;

public sealed class NodeClientTests(InstalledTool tool) : ClientTests<NodeClients>(tool);

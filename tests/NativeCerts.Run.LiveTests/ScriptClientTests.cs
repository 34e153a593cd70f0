using NativeCerts.Run.LiveTests.Clients;

namespace NativeCerts.Run.LiveTests;

public sealed class ScriptClientTests(InstalledTool tool) : ClientTests<ScriptClients>(tool);

using NativeCerts.Run.LiveTests.Clients;
using TestSupport;

namespace NativeCerts.Run.LiveTests.Exact;

/// <summary>Node 20 and 24, and deno, each with a root of the test's compiled in.</summary>
public static class ProgramExactTests
{
    private static readonly TrustClient NodeClient = new("node https", [], false, context => context.GetPage("node", ClientContext.File("Getters/https.js")));
    private static readonly TrustClient DenoClient = new("deno fetch", [], false, context => context.GetPage("deno", "run", "--no-config", "--allow-net", ClientContext.File("Getters/fetch.mjs")));

    public sealed class Node20(InstalledTool tool, Node20Program program) : CompiledInRootTests(tool, program.Changed, NodeClient), IClassFixture<Node20Program>;

    public sealed class Node24(InstalledTool tool, Node24Program program) : CompiledInRootTests(tool, program.Changed, NodeClient), IClassFixture<Node24Program>;

    public sealed class Deno(InstalledTool tool, DenoProgram program) : CompiledInRootTests(tool, program.Changed, DenoClient), IClassFixture<DenoProgram>;

    public sealed class Node20Program() : ProgramFixture("node20/node_modules/node/bin/node", ChangedProgram.OfNode);

    public sealed class Node24Program() : ProgramFixture("node24/node_modules/node/bin/node", ChangedProgram.OfNode);

    public sealed class DenoProgram() : ProgramFixture("npm/node_modules/@deno/linux-x64-glibc/deno", ChangedProgram.OfDeno);

    /// <summary>The changed copy of a program of the folder that <c>.ci/install-tools</c> lays.</summary>
    public abstract class ProgramFixture(string file, Func<string, ChangedProgram> change) : IDisposable
    {
        private ChangedProgram? _changed;

        /// <summary>The copy, made when it is first asked for; the running test is skipped where there is no such program.</summary>
        public ChangedProgram Changed => _changed ??= change(Tools.RequireFile(file));

        public void Dispose()
        {
            _changed?.Dispose();
            GC.SuppressFinalize(this);
        }
    }
}

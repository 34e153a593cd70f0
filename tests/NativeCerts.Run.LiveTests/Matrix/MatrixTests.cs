namespace NativeCerts.Run.LiveTests.Matrix;

/// <summary>
/// What holds for every tool of the registry: nothing without trust, the root of the store and of the command line with nctrust,
/// never another root, and no defect that the tool alone refuses. Four quarters run side by side: a tool waits more than it computes.
/// </summary>
public abstract class MatrixTests(InstalledTool tool, MatrixTrustFixture fixture)
{
    // Some thirty runs at the most, each with a limit of its own.
    protected const int Limit = 30 * 60_000;

    protected static TheoryData<string> Quarter(int which) => [.. MatrixClients.Selected.Where((_, index) => index % 4 == which).Select(client => client.Name)];

    protected async Task CheckAsync(string name)
    {
        var client = MatrixClients.Selected.Single(client => client.Name == name);
        await client.RequireAsync(isRequired: !MatrixClients.IsWhole);
        var row = await new ClientMatrix(client, await fixture.Trust, tool).RunAsync();
        MatrixReport.Add(row);
        if (row.Failures.Count > 0) Assert.Fail($"{name}: {string.Join("\n\n", row.Failures)}");
    }
}

using NativeCerts.Run.Doctor.Probing;

namespace NativeCerts.Run.LiveTests.Matrix;

/// <summary>Tries one client in every way.</summary>
/// <param name="client">The client.</param>
/// <param name="trust">The roots and servers.</param>
/// <param name="tool">The installed nctrust.</param>
internal sealed class ClientMatrix(MatrixClient client, MatrixTrust trust, InstalledTool tool)
{
    /// <summary>Fills a row.</summary>
    public async Task<MatrixRow> RunAsync()
    {
        var row = new MatrixRow(client, await client.ReadVersionAsync());
        row.Alone = await ProbeRun.StartAsync(client, trust.Chains.Healthy);
        row.Store = await WithStoreAsync(trust.Chains.Healthy);
        // Some refuse before they connect, where nothing says what to trust: psql without a root.crt.
        if (row.Alone.Verdict == ProbeVerdict.NotContacted && row.Store.Verdict == ProbeVerdict.NotContacted)
        {
            row.Fail("the probe makes no TLS connection", row.Alone);
            return row;
        }

        row.CommandLine = await WithArgumentAsync(trust.Chains.HealthyIntermediate);
        if (row.IsInsecure)
        {
            foreach (var run in (ProbeRun[])[row.Store, row.CommandLine])
            {
                if (run.Verdict < row.Alone.Verdict) row.Fail("it works without nctrust and fails with it", run);
            }

            return row;
        }

        if (row.Alone.Verdict is not (ProbeVerdict.Refused or ProbeVerdict.NotContacted)) row.Fail("alone, it does not refuse a root that is nowhere, and is not said to be insecure by default", row.Alone);
        row.AloneWithStore = await ProbeRun.StartAsync(client, trust.Chains.Healthy, trust.Store.Wrap);
        if (!row.Store.IsAccepted && (row.AloneWithStore.IsAccepted || client.IsReached))
            row.Fail(row.AloneWithStore.IsAccepted ? "it follows the store without nctrust and not with it" : "with nctrust it does not trust a root of the store", row.Store);
        if (!row.CommandLine.IsAccepted && client.IsReached) row.Fail("with nctrust it does not trust a root of `--ca`", row.CommandLine);

        row.Strangers = [await WithStoreAsync(trust.Stranger), await WithArgumentAsync(trust.Stranger)];
        foreach (var run in row.Strangers.Where(run => !run.IsRefused)) row.Fail("with nctrust it does not refuse a root that is nowhere", run);
        if (row.CommandLine.IsAccepted || row.Store.IsAccepted) await TryDefectsAsync(row);
        return row;
    }

    private Task<ProbeRun> WithStoreAsync(ServerChain chain) => ProbeRun.StartAsync(client, chain, command => trust.Store.Wrap(tool.Run([], command)));

    private Task<ProbeRun> WithArgumentAsync(ServerChain chain) => ProbeRun.StartAsync(client, chain, command => tool.Run(["--ca", trust.CaFile], command));

    private async Task TryDefectsAsync(MatrixRow row)
    {
        foreach (var chain in trust.Chains.Defects)
        {
            var run = row.CommandLine!.IsAccepted ? await WithArgumentAsync(chain) : await WithStoreAsync(chain);
            row.DefectsTried++;
            if (run.IsRefused) continue;
            if (run.Verdict == ProbeVerdict.NotContacted) row.Fail($"{chain.Name}: no TLS connection", run);
            else if (await AcceptsAloneAsync(row, chain) is not { } obstacle) row.AcceptedAlone.Add(chain.Name);
            else
            {
                row.AcceptedWithUs.Add(chain.Name);
                row.Fail($"{chain.Name}: with nctrust it does not refuse; {obstacle}", run);
            }
        }
    }

    // What the client accepts that trusts the root by its own means is nobody's but its own; null where it does, else the reason.
    private async Task<string?> AcceptsAloneAsync(MatrixRow row, ServerChain chain)
    {
        var own = client.OwnTrust is null ? null : await trust.FillAsync(client.OwnTrust);
        if (!row.AloneWithStore!.IsAccepted && own is null) return "nobody has written down how it trusts a root by its own means";
        Task<ProbeRun> Run(ServerChain shown) => row.AloneWithStore.IsAccepted
            ? ProbeRun.StartAsync(client, shown, trust.Store.Wrap)
            : ProbeRun.StartAsync(client, shown, trust: own);
        // Means that trust nothing, or everything, would prove nothing.
        if (await Run(trust.Chains.Healthy) is { IsAccepted: false } deaf) return $"by its own means it does not trust the root: {deaf}";
        if (await Run(trust.Stranger) is { IsRefused: false } blind) return $"by its own means it does not refuse a root that is nowhere: {blind}";
        return await Run(chain) is { IsRefused: true } ? "alone it refuses" : null;
    }
}

namespace NativeCerts.Run.LiveTests.Matrix;

/// <summary>Keeps the one <see cref="MatrixTrust"/> until the last test has ended; it is made where the first test needs it.</summary>
public sealed class MatrixTrustFixture : IAsyncDisposable
{
    private readonly Lazy<Task<MatrixTrust>> _trust = new(MatrixTrust.CreateAsync);

    internal Task<MatrixTrust> Trust => _trust.Value;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_trust is { IsValueCreated: true, Value.IsCompletedSuccessfully: true }) (await _trust.Value).Dispose();
    }
}

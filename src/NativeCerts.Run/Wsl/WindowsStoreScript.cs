namespace NativeCerts.Run.Wsl;

/// <summary>What Windows PowerShell 5.1 is asked; it prints what <see cref="NativeCerts.Windows.WindowsStoreListing"/> reads.</summary>
/// <remarks>
/// The two logical stores have in them what group policy, the enterprise and Windows' own list bring [CertOpenStore, CERT_STORE_PROV_SYSTEM]. X509Chain is CertGetCertificateChain, which looks at
/// the properties of the certificate that it is given.
/// </remarks>
internal static class WindowsStoreScript
{
    /// <summary>The script.</summary>
    public const string Text = """
        $ErrorActionPreference = 'Stop'
        $ProgressPreference = 'SilentlyContinue'
        $out = [Console]::Out
        $out.WriteLine('nctrust 1')
        foreach ($location in 'LocalMachine', 'CurrentUser') {
            foreach ($name in 'Root', 'Disallowed') {
                $store = New-Object System.Security.Cryptography.X509Certificates.X509Store($name, $location)
                $store.Open('ReadOnly')
                foreach ($certificate in $store.Certificates) {
                    $status = 0
                    $elements = 0
                    if ($name -eq 'Root') {
                        $chain = New-Object System.Security.Cryptography.X509Certificates.X509Chain
                        $chain.ChainPolicy.RevocationMode = 'NoCheck'
                        [void]$chain.ChainPolicy.ApplicationPolicy.Add((New-Object System.Security.Cryptography.Oid('1.3.6.1.5.5.7.3.1')))
                        [void]$chain.Build($certificate)
                        foreach ($one in $chain.ChainStatus) { $status = $status -bor [int]$one.Status }
                        $elements = $chain.ChainElements.Count
                    }
                    $out.WriteLine(('{0} {1} {2} {3} {4}' -f $name, $location, $status, $elements, [Convert]::ToBase64String($certificate.RawData)))
                }
                $store.Close()
            }
        }
        $out.WriteLine('end')
        """;
}

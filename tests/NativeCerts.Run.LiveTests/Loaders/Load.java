import java.io.FileInputStream;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.HexFormat;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

public class Load {
    public static void main(String[] arguments) throws Exception {
        if (arguments[0].equals("pem")) {
            try (var stream = new FileInputStream(arguments[1])) {
                for (var certificate : CertificateFactory.getInstance("X.509").generateCertificates(stream)) print(certificate);
            }
        } else {
            // What a client of this virtual machine trusts by default.
            var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init((KeyStore) null);
            for (var certificate : ((X509TrustManager) factory.getTrustManagers()[0]).getAcceptedIssuers()) print(certificate);
        }
    }

    private static void print(Certificate certificate) throws Exception {
        System.out.println(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded())));
    }
}

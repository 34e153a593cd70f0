import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

public class Get {
    public static void main(String[] arguments) throws Exception {
        if (arguments[0].equals("connection")) {
            try (var stream = URI.create(arguments[1]).toURL().openStream()) {
                stream.transferTo(System.out);
            }
        } else {
            var request = HttpRequest.newBuilder(URI.create(arguments[1])).build();
            System.out.println(HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).body());
        }
    }
}

package dev.hearth.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StrictTransportTest {
    @ParameterizedTest
    @CsvSource({
        "https://hearth.example,true,true",
        "https://box.local:8443,true,true",
        // A proxy's to promise.
        "https://hearth.example,false,false",
        "http://hearth.example,false,false",
        "https://localhost:8443,true,false",
        "https://app.localhost:8443,true,false",
        "https://192.168.1.7:8443,true,false",
        "https://[fd00::7]:8443,true,false"
    })
    void tls_is_promised_for_names_that_this_origin_serves_with_it(URI publicUrl, boolean tls, boolean promised) {
        var here = Path.of("here");
        var settings = new Settings(
                new DataFolder(here),
                here,
                here,
                "0.0.0.0",
                8443,
                publicUrl,
                false,
                true,
                tls ? Optional.of(new Tls.Own()) : Optional.empty(),
                LogFormat.TEXT);

        assertThat(StrictTransport.of(settings).isPresent()).isEqualTo(promised);
    }
}

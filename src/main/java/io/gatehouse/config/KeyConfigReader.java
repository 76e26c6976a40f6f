package io.gatehouse.config;

import static io.gatehouse.config.ConfigProperty.ALGORITHMS;
import static io.gatehouse.config.ConfigProperty.ALLOW_WEAK_RSA_KEYS;
import static io.gatehouse.config.ConfigProperty.CRYPTO_PROVIDER;
import static io.gatehouse.config.ConfigProperty.DECRYPT_KEY_ALGORITHM;
import static io.gatehouse.config.ConfigProperty.DECRYPT_KEY_LOCATION;
import static io.gatehouse.config.ConfigProperty.ISSUER;
import static io.gatehouse.config.ConfigProperty.ISSUER_DISCOVERY;
import static io.gatehouse.config.ConfigProperty.ISSUER_JWKS_URI;
import static io.gatehouse.config.ConfigProperty.KEY_STORE_PASSWORD;
import static io.gatehouse.config.ConfigProperty.PUBLIC_KEY;
import static io.gatehouse.config.ConfigProperty.PUBLIC_KEY_ALGORITHM;
import static io.gatehouse.config.ConfigProperty.PUBLIC_KEY_LOCATION;

import io.gatehouse.http.HttpSettings;
import io.gatehouse.jwt.JweSettings;
import io.gatehouse.keys.DecryptionKeys;
import io.gatehouse.keys.KeyFiles;
import io.gatehouse.keys.KeyPolicy;
import io.gatehouse.keys.SignatureAlgorithm;
import io.gatehouse.keys.SignatureProvider;
import io.gatehouse.keys.UnusableKeyException;
import io.gatehouse.keys.UnusableProviderException;
import io.gatehouse.keys.VerificationKeys;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads the properties that are about keys. For one thread. */
final class KeyConfigReader {

    private final PropertyValues values;
    private final ResourceReader resources;
    private final SignatureProvider provider;

    KeyConfigReader(PropertyValues values, ResourceReader resources, SignatureProvider provider) {
        this.values = values;
        this.resources = resources;
        this.provider = provider;
    }

    /** Whose cryptography verifies signatures; one for all issuers. */
    static SignatureProvider provider(PropertyValues values, ClassLoader application) {
        String name = values.text(CRYPTO_PROVIDER).orElse(null);
        if (name == null) {
            return SignatureProvider.platform();
        }
        if (name.equals("auto")) {
            return SignatureProvider.nativeOne(application);
        }
        try {
            return SignatureProvider.named(name, application).orElseGet(() -> absent(values, name));
        } catch (UnusableProviderException unusable) {
            values.problem(CRYPTO_PROVIDER, "\"" + name + "\" cannot be used: " + unusable.reason());
            return SignatureProvider.platform();
        }
    }

    private static SignatureProvider absent(PropertyValues values, String name) {
        values.problem(
                CRYPTO_PROVIDER,
                "\"" + name
                        + "\" is not there: neither does the server have a provider of this name, nor is there such a"
                        + " class. It is auto, the name of a provider that the server has, one of "
                        + String.join(", ", SignatureProvider.shortNames())
                        + " with its library where the application finds classes, or the name of another one's class");
        return SignatureProvider.platform();
    }

    KeyPolicy keyPolicy() {
        Set<SignatureAlgorithm> allowed = EnumSet.noneOf(SignatureAlgorithm.class);
        ConfigProperty property = algorithms();
        values.list(property).orElse(List.of()).forEach(name -> algorithm(property, name)
                .ifPresent(allowed::add));
        int minimumRsaBits = values.flag(ALLOW_WEAK_RSA_KEYS) ? KeyPolicy.WEAK_RSA_BITS : KeyPolicy.STRONG_RSA_BITS;
        return new KeyPolicy(allowed, minimumRsaBits, provider);
    }

    /** The standard's name for the application's own: what is an issuer's, or known of its make, goes before it. */
    private ConfigProperty algorithms() {
        boolean standard = values.text(PUBLIC_KEY_ALGORITHM).isPresent();
        boolean ours = values.text(ALGORITHMS).isPresent();
        boolean ofThisIssuer =
                ours && !values.isOfDefaultIssuer() && !values.name(ALGORITHMS).equals(ALGORITHMS.propertyName());
        if (standard && ours && !ofThisIssuer) {
            values.problem(ALGORITHMS, "is set together with " + values.name(PUBLIC_KEY_ALGORITHM) + "; keep one");
        }
        return standard && !ofThisIssuer ? PUBLIC_KEY_ALGORITHM : ALGORITHMS;
    }

    private Optional<SignatureAlgorithm> algorithm(ConfigProperty property, String name) {
        Optional<SignatureAlgorithm> algorithm = SignatureAlgorithm.named(name);
        if (algorithm.isEmpty()) {
            values.problem(
                    property,
                    "\"" + name + "\" is not one of " + String.join(", ", SignatureAlgorithm.headerNames())
                            + " (\"none\" and HMAC algorithms are never accepted)");
        }
        return algorithm;
    }

    /** The one key source; null after a problem was noted. */
    @Nullable KeySource keySource(KeyPolicy policy, HttpSettings http) {
        List<ConfigProperty> given = Stream.of(PUBLIC_KEY, PUBLIC_KEY_LOCATION, ISSUER_JWKS_URI, ISSUER_DISCOVERY)
                .filter(property -> values.text(property).isPresent())
                .filter(property -> !"false".equals(values.text(property).orElse("")))
                .toList();
        List<ConfigProperty> own = given.stream().filter(values::isOwn).toList();
        List<ConfigProperty> sources = own.isEmpty() ? given : own;
        if (sources.size() > 1) {
            values.problem(sources.get(0), "is set together with " + values.name(sources.get(1)) + "; keep one");
            return null;
        }
        if (sources.isEmpty()) {
            return discovered(http);
        }
        return switch (sources.get(0)) {
            case PUBLIC_KEY -> inline(values.text(PUBLIC_KEY).orElse(""), policy);
            case PUBLIC_KEY_LOCATION -> located(values.text(PUBLIC_KEY_LOCATION).orElse(""), policy, http);
            case ISSUER_JWKS_URI -> remote(ISSUER_JWKS_URI, http);
            default -> discovered(http);
        };
    }

    /** Where nothing else is said, a named issuer's metadata says it; MicroProfile JWT has no such default. */
    private @Nullable KeySource discovered(HttpSettings http) {
        DiscoveryConfigReader discovery = new DiscoveryConfigReader(values);
        String text = discovery.wanted().orElse(null);
        if (text == null) {
            values.problem(
                    values.isOfDefaultIssuer() ? PUBLIC_KEY_LOCATION : ISSUER_JWKS_URI,
                    "is missing: set it to the URL of your authorization server's JWK Set (its \"jwks_uri\"), or to a"
                            + " key file, or set " + values.name(PUBLIC_KEY) + " to the key itself");
            return null;
        }
        requireNoPassword("the keys are fetched from where the issuer's metadata say");
        return discovery.read(text, http);
    }

    private @Nullable KeySource located(String location, KeyPolicy policy, HttpSettings http) {
        return ResourceReader.isRemote(location) ? remote(PUBLIC_KEY_LOCATION, http) : local(location, policy);
    }

    private @Nullable KeySource remote(ConfigProperty property, HttpSettings http) {
        requireNoPassword("the keys are fetched from a URL");
        String text = values.text(property).orElse("");
        if (text.startsWith(KeySource.PerIssuer.ISSUER)) {
            return perIssuer(text.substring(KeySource.PerIssuer.ISSUER.length()), property, http);
        }
        URI uri = values.url(property, http);
        return uri == null ? null : new KeySource.Remote(uri);
    }

    /** The places have to be allowed whatever a template's claim is. */
    private @Nullable KeySource perIssuer(String path, ConfigProperty property, HttpSettings http) {
        if (!path.startsWith("/")) {
            values.problem(property, "has to go on with a slash behind " + KeySource.PerIssuer.ISSUER);
            return null;
        }
        boolean allowed = true;
        for (String issuer : values.list(ISSUER).orElse(List.of())) {
            String place = issuer.replaceAll("\\{[^}]*}", "x") + path;
            allowed &= values.url(property, place, http) != null;
        }
        return allowed ? new KeySource.PerIssuer(path) : null;
    }

    /** The text is not repeated in a problem: somebody may have put his private key there. */
    private @Nullable KeySource inline(String text, KeyPolicy policy) {
        requireNoPassword(values.name(PUBLIC_KEY) + " is no key store");
        try {
            return new KeySource.Inline(VerificationKeys.parse(text, policy));
        } catch (UnusableKeyException unusable) {
            values.problem(PUBLIC_KEY, "the key cannot be used: " + unusable.reason());
            return null;
        }
    }

    private void requireNoPassword(String why) {
        if (values.text(KEY_STORE_PASSWORD).isPresent()) {
            values.problem(KEY_STORE_PASSWORD, "is set, but " + why);
        }
    }

    private @Nullable KeySource local(String location, KeyPolicy policy) {
        String password = values.text(KEY_STORE_PASSWORD).orElse(null);
        return local(
                new KeyFileLocation(
                        values.name(PUBLIC_KEY_LOCATION), location, values.name(KEY_STORE_PASSWORD), password),
                policy);
    }

    /** The key file, the directory or the class path resource of any issuer; null after a problem was noted. */
    KeySource.@Nullable Local local(KeyFileLocation at, KeyPolicy policy) {
        KeyFiles files;
        try {
            files = read(at, policy);
        } catch (IOException | IllegalArgumentException unreadable) {
            problem(at.property(), ResourceReader.unreadable(at.location(), unreadable));
            return null;
        } catch (UnusableKeyException unusable) {
            problem(at.property(), "\"" + at.location() + "\" cannot be used: " + unusable.reason());
            return null;
        }
        if (at.password() != null && !files.mayHoldKeyStore()) {
            problem(at.passwordProperty(), "is set, but \"" + at.location() + "\" is no key store");
            return null;
        }
        return new KeySource.Local(files);
    }

    private KeyFiles read(KeyFileLocation at, KeyPolicy policy) throws IOException, UnusableKeyException {
        Path file = ResourceReader.file(at.location());
        return file == null
                ? KeyFiles.fixed(at.location(), resources.readResource(at.location()), at.password(), policy)
                : KeyFiles.read(file, at.password(), policy);
    }

    private void problem(String property, String problem) {
        values.problems().add(new ConfigProblem(property, problem));
    }

    /** How encrypted tokens are opened; null where tokens are only signed. */
    @Nullable JweSettings encryption() {
        Set<String> algorithms = Set.copyOf(
                values.list(DECRYPT_KEY_ALGORITHM).orElse(List.copyOf(JweSettings.SUPPORTED_KEY_ALGORITHMS)));
        if (!JweSettings.SUPPORTED_KEY_ALGORITHMS.containsAll(algorithms)) {
            values.problem(
                    DECRYPT_KEY_ALGORITHM, "\"" + String.join(",", algorithms) + "\" is not RSA-OAEP or RSA-OAEP-256");
            return null;
        }
        Optional<String> location = values.text(DECRYPT_KEY_LOCATION);
        if (location.isEmpty()) {
            return null;
        }
        String text = resources.read(DECRYPT_KEY_LOCATION, location.get(), values);
        try {
            return text == null ? null : new JweSettings(DecryptionKeys.parse(text), algorithms);
        } catch (UnusableKeyException unusable) {
            values.problem(DECRYPT_KEY_LOCATION, "\"" + location.get() + "\" cannot be used: " + unusable.reason());
            return null;
        }
    }
}

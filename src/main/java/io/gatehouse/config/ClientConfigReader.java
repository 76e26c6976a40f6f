package io.gatehouse.config;

import static io.gatehouse.config.ConfigProperty.ALLOW_PLAIN_HTTP;
import static io.gatehouse.config.ConfigProperty.CLIENT_ACCESS_KEY;
import static io.gatehouse.config.ConfigProperty.CLIENT_ACCESS_TOKEN;
import static io.gatehouse.config.ConfigProperty.CLIENT_CONNECT_TIMEOUT;
import static io.gatehouse.config.ConfigProperty.CLIENT_CREDENTIALS_ENCODING;
import static io.gatehouse.config.ConfigProperty.CLIENT_EXPIRES_AT;
import static io.gatehouse.config.ConfigProperty.CLIENT_GRANT;
import static io.gatehouse.config.ConfigProperty.CLIENT_ISSUER;
import static io.gatehouse.config.ConfigProperty.CLIENT_KEY_STORE;
import static io.gatehouse.config.ConfigProperty.CLIENT_KEY_STORE_PASSWORD;
import static io.gatehouse.config.ConfigProperty.CLIENT_PASSWORD;
import static io.gatehouse.config.ConfigProperty.CLIENT_READ_TIMEOUT;
import static io.gatehouse.config.ConfigProperty.CLIENT_REFRESH_TOKEN;
import static io.gatehouse.config.ConfigProperty.CLIENT_RENEW_BEFORE;
import static io.gatehouse.config.ConfigProperty.CLIENT_RESOURCE_SERVER;
import static io.gatehouse.config.ConfigProperty.CLIENT_REST_CLIENTS;
import static io.gatehouse.config.ConfigProperty.CLIENT_SERVICE_DOMAIN;
import static io.gatehouse.config.ConfigProperty.CLIENT_STORAGE;
import static io.gatehouse.config.ConfigProperty.CLIENT_TARGETS;
import static io.gatehouse.config.ConfigProperty.CLIENT_TOKEN_ENDPOINT;
import static io.gatehouse.config.ConfigProperty.CLIENT_USERNAME;
import static io.gatehouse.config.ConfigProperty.CLIENT_USER_CLAIMS;
import static io.gatehouse.config.ConfigProperty.CLIENT_USER_SUBJECT;
import static io.gatehouse.config.ConfigProperty.CLIENT_WITHOUT_CALLER;

import io.gatehouse.attachment.AuthorizedOrigins;
import io.gatehouse.config.ClientConfig.Credentials;
import io.gatehouse.config.ClientConfig.Server;
import io.gatehouse.http.HttpSettings;
import io.gatehouse.outbound.AuthorizerSettings;
import io.gatehouse.outbound.Authorizers;
import io.gatehouse.outbound.InitialToken;
import io.gatehouse.outbound.WithoutCaller;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** Reads one client. What its grant has no use for is a problem, because it would silently not be in force. */
final class ClientConfigReader {

    private static final Pattern BEARER_TOKEN = Pattern.compile("[A-Za-z0-9\\-._~+/]+=*");

    private static final Pattern TYPE_NAME =
            Pattern.compile("[\\p{L}_$][\\p{L}\\p{N}_$]*(\\.[\\p{L}_$][\\p{L}\\p{N}_$]*)*");

    private final String name;
    private final PropertyValues values;
    private final ResourceReader resources;
    private final ClientServerReader servers;

    /** @param values those of the client */
    ClientConfigReader(String name, PropertyValues values, ResourceReader resources) {
        this.name = name;
        this.values = values;
        this.resources = resources;
        this.servers = new ClientServerReader(values, resources);
    }

    /** Null after a problem was noted. */
    @Nullable ClientConfig read(HttpSettings application) {
        ClientGrant grant = grant();
        if (grant == null) {
            return null;
        }
        refuseWhatIsOfNoUse(grant);
        requireAll(grant);
        boolean asksServer = grant.asksServer() && (grant != ClientGrant.NONE || servers.isNamed());
        if (grant.asksServer() && !asksServer) {
            refuseWhatIsForServers(grant);
        }
        HttpSettings http = http(application);
        Server server = asksServer ? servers.read(http) : null;
        return new ClientConfig(
                name,
                grant,
                targets(grant, http),
                restClients(),
                server,
                credentials(grant),
                server == null ? http : withTotal(http, server.timeout()),
                withoutCaller(),
                renewBefore(),
                values.text(CLIENT_RESOURCE_SERVER).orElse(null),
                storesInFile());
    }

    private @Nullable ClientGrant grant() {
        String text = values.text(CLIENT_GRANT).orElse(null);
        if (text == null) {
            if (servers.isNamed()) {
                return ClientGrant.CLIENT_CREDENTIALS;
            }
            values.problem(CLIENT_GRANT, "is missing: set it to one of " + String.join(", ", ClientGrant.texts()));
            return null;
        }
        return ClientGrant.of(text).orElseGet(() -> {
            values.problem(CLIENT_GRANT, "\"" + text + "\" is none of " + String.join(", ", ClientGrant.texts()));
            return null;
        });
    }

    private void refuseWhatIsOfNoUse(ClientGrant grant) {
        Arrays.stream(ConfigProperty.values())
                .filter(ConfigProperty::isOfClients)
                .filter(property -> !grant.takes(property))
                .forEach(property -> refuseIfSet(property, "is of no use with the grant " + grant.text()));
    }

    private void refuseWhatIsForServers(ClientGrant grant) {
        String problem = "is of no use with the grant " + grant.text() + " where no authorization server is named: set "
                + values.name(CLIENT_ISSUER) + " or " + values.name(CLIENT_TOKEN_ENDPOINT) + ", or leave it out";
        ClientGrant.ofTokenClients().forEach(property -> refuseIfSet(property, problem));
    }

    private void refuseIfSet(ConfigProperty property, String problem) {
        if (property.ending().template().contains("<")) {
            values.chosenOfClient(property).keySet().forEach(chosen -> values.problem(property, chosen, problem));
        } else if (values.text(property).isPresent() && !BaikalVariables.isOne(values.name(property))) {
            values.problem(property, problem);
        }
    }

    private void requireAll(ClientGrant grant) {
        grant.required().stream()
                .filter(property -> values.text(property).isEmpty())
                .forEach(property ->
                        values.problem(property, "is missing, and the grant " + grant.text() + " needs it"));
    }

    private List<String> targets(ClientGrant grant, HttpSettings http) {
        List<String> targets = values.list(CLIENT_TARGETS).orElse(List.of());
        boolean ofOurProperties = !values.names().ofClient(name).isEmpty();
        if (values.text(CLIENT_TARGETS).isEmpty() && grant != ClientGrant.NONE && ofOurProperties) {
            values.problem(
                    CLIENT_TARGETS,
                    "is missing: set it to the origins that the token may be sent to, such as"
                            + " https://orders.example.com");
        }
        for (String target : targets) {
            AuthorizedOrigins.problemOf(target, http.plainHttpAllowed())
                    .ifPresent(problem -> values.problem(
                            CLIENT_TARGETS,
                            target.contains("@") ? problem : "\"" + target + "\" " + problem + plainHttp(problem)));
        }
        return targets;
    }

    private static String plainHttp(String problem) {
        return problem.contains("https:") && problem.startsWith("is not https")
                ? "; accept that with " + ALLOW_PLAIN_HTTP.propertyName() + "=true"
                : "";
    }

    private List<String> restClients() {
        List<String> types = values.list(CLIENT_REST_CLIENTS).orElse(List.of());
        types.stream()
                .filter(type -> !TYPE_NAME.matcher(type).matches())
                .forEach(type ->
                        values.problem(CLIENT_REST_CLIENTS, "\"" + type + "\" is not the full name of an interface"));
        return types;
    }

    private HttpSettings http(HttpSettings application) {
        Duration least = Duration.ofMillis(10);
        Duration most = Duration.ofMinutes(2);
        Duration connect = values.duration(CLIENT_CONNECT_TIMEOUT, application.connectTimeout(), least, most);
        Duration read = values.duration(CLIENT_READ_TIMEOUT, application.readTimeout(), least, most);
        HttpSettings http = application.withTimeouts(connect, read, application.totalTimeout());
        SSLContext ssl = sslContext();
        return ssl == null ? http : http.withSslContext(ssl);
    }

    private static HttpSettings withTotal(HttpSettings http, Duration total) {
        return http.withTimeouts(http.connectTimeout(), http.readTimeout(), total);
    }

    private @Nullable SSLContext sslContext() {
        String location = values.text(CLIENT_KEY_STORE).orElse(null);
        if (location == null) {
            return null;
        }
        String password = values.text(CLIENT_KEY_STORE_PASSWORD).orElse(null);
        if (password == null) {
            values.problem(CLIENT_KEY_STORE_PASSWORD, "is missing: a key store is protected by one");
            return null;
        }
        try {
            return resources.sslContext(location, password);
        } catch (IOException | GeneralSecurityException | IllegalArgumentException unusable) {
            values.problem(CLIENT_KEY_STORE, "\"" + location + "\" is no key store that the password opens");
            return null;
        }
    }

    private Credentials credentials(ClientGrant grant) {
        // RFC 7617 §2 knows no encoding of user and password; the other form is that of client credentials.
        boolean raw =
                !values.text(CLIENT_CREDENTIALS_ENCODING).filter("form"::equals).isPresent();
        if (grant == ClientGrant.BASIC) {
            new ClientSecretReader(values, CLIENT_GRANT, CLIENT_CREDENTIALS_ENCODING).encoding();
        }
        return new Credentials(
                values.text(CLIENT_REFRESH_TOKEN).orElse(null),
                bearer().orElse(null),
                grant == ClientGrant.STATIC ? null : initialToken(),
                values.text(CLIENT_USERNAME).orElse(null),
                values.text(CLIENT_PASSWORD).orElse(null),
                raw,
                accessKey(grant).orElse(null),
                values.text(CLIENT_SERVICE_DOMAIN).orElse(null),
                values.text(CLIENT_USER_SUBJECT).orElse(null),
                values.chosenOfClient(CLIENT_USER_CLAIMS));
    }

    private Optional<String> accessKey(ClientGrant grant) {
        Optional<String> key = values.text(CLIENT_ACCESS_KEY);
        if (key.isPresent() && grant == ClientGrant.AUTHRESS) {
            try {
                String domain = values.text(CLIENT_SERVICE_DOMAIN).orElse(null);
                Authorizers.authressServiceKey(key.get(), domain, AuthorizerSettings.named(name), Clock.systemUTC());
            } catch (IllegalArgumentException unusable) {
                values.problem(CLIENT_ACCESS_KEY, String.valueOf(unusable.getMessage()));
            }
        }
        return key;
    }

    private Optional<String> bearer() {
        Optional<String> token = values.text(CLIENT_ACCESS_TOKEN);
        if (token.isPresent() && !BEARER_TOKEN.matcher(token.get()).matches()) {
            values.problem(CLIENT_ACCESS_TOKEN, "has characters that no bearer token has (RFC 6750 §2.1)");
        }
        return token;
    }

    /** Both or neither: a token of unknown age would be used too long, or never. */
    private @Nullable InitialToken initialToken() {
        String token = values.text(CLIENT_ACCESS_TOKEN).orElse(null);
        String end = values.text(CLIENT_EXPIRES_AT).orElse(null);
        if ((token == null) != (end == null)) {
            ConfigProperty missing = token == null ? CLIENT_ACCESS_TOKEN : CLIENT_EXPIRES_AT;
            ConfigProperty there = token == null ? CLIENT_EXPIRES_AT : CLIENT_ACCESS_TOKEN;
            values.problem(there, "is of use only with " + values.name(missing) + ", which is not set");
        }
        Instant expiresAt = end == null ? null : instant(end);
        return token == null || expiresAt == null ? null : new InitialToken(token, expiresAt);
    }

    private @Nullable Instant instant(String text) {
        try {
            return text.matches("\\d{1,12}") ? Instant.ofEpochSecond(Long.parseLong(text)) : Instant.parse(text);
        } catch (DateTimeException notATime) {
            values.problem(
                    CLIENT_EXPIRES_AT,
                    "\"" + text + "\" is not a time such as 2030-01-31T12:00:00Z, or seconds since 1970");
            return null;
        }
    }

    private WithoutCaller withoutCaller() {
        String text = values.text(CLIENT_WITHOUT_CALLER).orElse("fail");
        if (!text.equals("fail") && !text.equals("anonymous")) {
            values.problem(CLIENT_WITHOUT_CALLER, "\"" + text + "\" is not fail or anonymous");
        }
        return text.equals("anonymous") ? WithoutCaller.NO_HEADER : WithoutCaller.FAIL;
    }

    private @Nullable Duration renewBefore() {
        return values.text(CLIENT_RENEW_BEFORE).isEmpty()
                ? null
                : values.duration(
                        CLIENT_RENEW_BEFORE, Duration.ofMinutes(1), Duration.ofSeconds(1), Duration.ofDays(1));
    }

    private boolean storesInFile() {
        String text = values.text(CLIENT_STORAGE).orElse("memory");
        if (!text.equals("memory") && !text.equals("file")) {
            values.problem(CLIENT_STORAGE, "\"" + text + "\" is not memory or file");
        }
        return text.equals("file");
    }
}

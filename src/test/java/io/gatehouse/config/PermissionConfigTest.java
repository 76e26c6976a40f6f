package io.gatehouse.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.gatehouse.permission.PermissionSettings.Provider;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code gatehouse.permissions.*} says, and what it may not say. */
class PermissionConfigTest {

    private static final String URL = "https://authz.example/base";

    private final TestProperties properties = TestProperties.valid()
            .with(ConfigProperty.PERMISSIONS_PROVIDER, "authress")
            .with(ConfigProperty.PERMISSIONS_URL, URL);

    private String problems() {
        GatehouseConfigException refused = catchThrowableOfType(GatehouseConfigException.class, properties::read);
        return refused == null ? "" : refused.getMessage();
    }

    private PermissionConfig read() {
        return properties.read().permissions();
    }

    @Test
    void isAbsentWithoutAProvider() {
        assertThat(TestProperties.valid().read().permissions()).isNull();
    }

    @Test
    void hasDefaultsForEverythingElse() {
        PermissionConfig config = read();

        assertThat(config.provider()).isEqualTo(Provider.AUTHRESS);
        assertThat(config.url()).hasToString(URL);
        assertThat(config.proof()).as("the caller's own token").isNull();
        assertThat(config.subjects().issuers()).isEqualTo(Set.of("default"));
        assertThat(config.subjects().claim()).isEqualTo("sub");
        assertThat(config.subjects().type()).isEqualTo("user");
        assertThat(config.resourceType()).isEqualTo("resource");
        assertThat(config.cache().lifetime()).isEqualTo(Duration.ZERO);
        assertThat(config.roles()).isNull();
        assertThat(config.limits().deadline()).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void takesWhatIsSet() {
        properties
                .with(ConfigProperty.PERMISSIONS_SUBJECT_CLAIM, "oid")
                .with(ConfigProperty.PERMISSIONS_SUBJECT_TYPE, "person")
                .with(ConfigProperty.PERMISSIONS_RESOURCE_TYPE, "document")
                .with(ConfigProperty.PERMISSIONS_CACHE_LIFETIME, "10s")
                .with(ConfigProperty.PERMISSIONS_CACHE_MAXIMUM_SIZE, "7")
                .with(ConfigProperty.PERMISSIONS_ROLES_RESOURCE, "apps/orders")
                .with(ConfigProperty.PERMISSIONS_ROLES_LIFETIME, "1m")
                .with(ConfigProperty.PERMISSIONS_ISSUERS, "default")
                .with(ConfigProperty.HTTP_TOTAL_TIMEOUT, "20s");
        PermissionConfig config = read();

        assertThat(config.subjects().claim()).isEqualTo("oid");
        assertThat(config.subjects().type()).isEqualTo("person");
        assertThat(config.resourceType()).isEqualTo("document");
        assertThat(config.cache().lifetime()).isEqualTo(Duration.ofSeconds(10));
        assertThat(config.cache().maximumSize()).isEqualTo(7);
        assertThat(config.roles().resource()).isEqualTo("apps/orders");
        assertThat(config.roles().lifetime()).isEqualTo(Duration.ofMinutes(1));
        assertThat(config.limits().deadline()).isEqualTo(Duration.ofSeconds(20));
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.MATCH_ALL, names = "PERMISSIONS_(?!PROVIDER).*")
    void isOfNoUseWithoutAProvider(ConfigProperty property) {
        properties.without(ConfigProperty.PERMISSIONS_PROVIDER).without(ConfigProperty.PERMISSIONS_URL);
        properties.with(property, "1");

        assertThat(problems()).contains(property.propertyName(), "gatehouse.permissions.provider is not set");
    }

    @ParameterizedTest
    @CsvSource({
        "PERMISSIONS_PROVIDER,           opa,                       is not authress or authzen",
        "PERMISSIONS_PROVIDER,           AUTHRESS,                  is not authress or authzen",
        "PERMISSIONS_URL,                http://authz.example,      is not https",
        "PERMISSIONS_URL,                https://a:b@authz.example, user name or password",
        "PERMISSIONS_URL,                authz,                     names no host",
        "PERMISSIONS_URL,                https://authz.example/?a,  query or a fragment",
        "PERMISSIONS_TOKEN,              mine,                      is not caller or service",
        "PERMISSIONS_CACHE_LIFETIME,     61s,                       is not a duration",
        "PERMISSIONS_CACHE_LIFETIME,     -1s,                       is not a duration",
        "PERMISSIONS_CACHE_MAXIMUM_SIZE, 0,                         is not a whole number",
        "PERMISSIONS_ROLES_LIFETIME,     1s,                        is of use only with",
        "PERMISSIONS_ISSUERS,            strangers,                 names an issuer that is not there",
        "PERMISSIONS_ISSUERS,            ',',                       is not a list",
        "PERMISSIONS_BEARER_TOKEN,       s3cr3t,                    is of use only with gatehouse.permissions.token=service",
        "PERMISSIONS_CLIENT_SECRET,      s3cr3t,                    is of use only with gatehouse.permissions.token=service"
    })
    void isRefusedWhereItMakesNoSense(ConfigProperty property, String value, String problem) {
        properties.with(property, value);

        assertThat(problems()).contains(property.propertyName(), problem).doesNotContain("s3cr3t");
    }

    @Test
    void needsAUrl() {
        properties.without(ConfigProperty.PERMISSIONS_URL);

        assertThat(problems()).contains("gatehouse.permissions.url", "is missing");
    }

    @Test
    void hasRolesWithAuthressOnly() {
        properties
                .with(ConfigProperty.PERMISSIONS_PROVIDER, "authzen")
                .with(ConfigProperty.PERMISSIONS_ROLES_RESOURCE, "apps/orders");

        assertThat(problems()).contains("gatehouse.permissions.roles.resource", "AuthZEN has no roles");
    }

    @Test
    void hasToSayWhoseCallersTheServerKnowsIfThereAreSeveral() {
        properties
                .with("gatehouse.issuers.partners.issuer", "https://partners.example")
                .with("gatehouse.issuers.partners.audiences", "orders-api")
                .with("gatehouse.issuers.partners.key-location", "https://partners.example/jwks");
        assertThat(problems()).contains("gatehouse.permissions.issuers", "is missing", "default, partners");

        properties.with(ConfigProperty.PERMISSIONS_ISSUERS, "partners");
        assertThat(read().subjects().issuers()).isEqualTo(Set.of("partners"));
    }

    @Nested
    class AServicesToken {

        private final TestProperties service = properties.with(ConfigProperty.PERMISSIONS_TOKEN, "service");

        @Test
        void isWrittenDown() {
            service.with(ConfigProperty.PERMISSIONS_BEARER_TOKEN, "s3cr3t");

            assertThat(read().proof()).isInstanceOf(ClientProof.Ready.class);
            assertThat(read().toString()).doesNotContain("s3cr3t");
        }

        @Test
        void isFetched() {
            service.with(ConfigProperty.PERMISSIONS_TOKEN_ENDPOINT, "https://login.example/token")
                    .with(ConfigProperty.PERMISSIONS_CLIENT_ID, "orders")
                    .with(ConfigProperty.PERMISSIONS_CLIENT_SECRET, "s3cr3t")
                    .with(ConfigProperty.PERMISSIONS_TOKEN_SCOPE, "authz");

            assertThat(read().proof()).isInstanceOf(ClientProof.FetchedToken.class);
            assertThat(read().toString()).doesNotContain("s3cr3t");
        }

        @Test
        void isOneOfTheTwo() {
            assertThat(problems()).contains("gatehouse.permissions.token", "needs either");

            service.with(ConfigProperty.PERMISSIONS_BEARER_TOKEN, "s3cr3t")
                    .with(ConfigProperty.PERMISSIONS_TOKEN_ENDPOINT, "https://login.example/token");
            assertThat(problems()).contains("gatehouse.permissions.token", "needs either");
        }

        @ParameterizedTest
        @ValueSource(strings = {"s3cr3t token", "s3cr3t\u00e4", "s3cr3t\""})
        void isAToken(String token) {
            service.with(ConfigProperty.PERMISSIONS_BEARER_TOKEN, token);

            assertThat(problems())
                    .contains("gatehouse.permissions.bearer-token")
                    .doesNotContain("s3cr3t");
        }

        @Test
        void isFetchedBySomebodyKnown() {
            service.with(ConfigProperty.PERMISSIONS_TOKEN_ENDPOINT, "https://login.example/token");

            assertThat(problems()).contains("gatehouse.permissions.client-id", "gatehouse.permissions.client-secret");
        }
    }
}

package io.gatehouse.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.gatehouse.authorization.AuthenticationMode;
import io.gatehouse.testing.TestTokens;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The application as a protected resource. */
class ResourceConfigTest {

    private static void assertProblem(TestProperties properties, ConfigProperty property, String problem) {
        assertThatExceptionOfType(GatehouseConfigException.class)
                .isThrownBy(properties::read)
                .withMessageContaining(property.propertyName())
                .withMessageContaining(problem);
    }

    @ParameterizedTest
    @CsvSource({"auto, AUTO", "container, CONTAINER", "jaxrs, JAXRS", "JAXRS, JAXRS"})
    void hasAMode(String text, AuthenticationMode mode) {
        assertThat(TestProperties.valid().with(ConfigProperty.MODE, text).read().mode())
                .isEqualTo(mode);
    }

    @Test
    void isInModeAutoUnlessItSaysOtherwise() {
        assertThat(TestProperties.valid().read().mode()).isEqualTo(AuthenticationMode.AUTO);
        assertProblem(TestProperties.valid().with(ConfigProperty.MODE, "filter"), ConfigProperty.MODE, "jaxrs");
    }

    @Nested
    class TheMetadata {

        private final TestProperties published = TestProperties.valid()
                .with(ConfigProperty.ISSUER, TestTokens.ISSUER)
                .with(ConfigProperty.RESOURCE_METADATA_ENABLED, "true")
                .with(ConfigProperty.RESOURCE_METADATA_RESOURCE, "https://api.example/orders");

        private ResourceMetadataSettings read() {
            return published.read().resourceMetadata();
        }

        @Test
        void areNotThereUnlessAskedFor() {
            assertThat(TestProperties.valid().read().resourceMetadata()).isNull();
        }

        @Test
        void nameTheResourceAndTheTrustedIssuers() {
            assertThat(read().document())
                    .isEqualTo("{\"resource\":\"https://api.example/orders\",\"authorization_servers\":[\""
                            + TestTokens.ISSUER + "\"],\"bearer_methods_supported\":[\"header\"]}");
        }

        /** Google also calls itself {@code accounts.google.com}. */
        @Test
        void nameNoIssuerWhoseMetadataNobodyCouldAskFor() {
            published
                    .with("gatehouse.issuers.google.preset", "google")
                    .with("gatehouse.issuers.google.preset.client", "c");

            assertThat(read().document())
                    .contains("\"authorization_servers\":[\"https://accounts.google.com\",\"" + TestTokens.ISSUER
                            + "\"]");
        }

        @Test
        void nameWhatIsConfigured() {
            published
                    .with(
                            ConfigProperty.RESOURCE_METADATA_AUTHORIZATION_SERVERS,
                            "https://one.example,https://two.example")
                    .with(ConfigProperty.RESOURCE_METADATA_SCOPES_SUPPORTED, "read,write");
            assertThat(read().document())
                    .contains("[\"https://one.example\",\"https://two.example\"]", "[\"read\",\"write\"]");
        }

        @ParameterizedTest
        @CsvSource({
            "https://api.example/orders, https://api.example/orders/.well-known/oauth-protected-resource",
            "https://api.example/orders/, https://api.example/orders/.well-known/oauth-protected-resource",
            "https://api.example, https://api.example/.well-known/oauth-protected-resource"
        })
        void areBelowTheResource(String resource, String url) {
            published.with(ConfigProperty.RESOURCE_METADATA_RESOURCE, resource);
            assertThat(read().url()).hasToString(url);
            assertThat(read().resource()).hasToString(resource);
        }

        @Test
        void areWhereTheProxyPutsThem() {
            published.with(
                    ConfigProperty.RESOURCE_METADATA_URL,
                    "https://api.example/.well-known/oauth-protected-resource/orders");
            assertThat(read().url()).hasToString("https://api.example/.well-known/oauth-protected-resource/orders");
        }

        @ParameterizedTest
        @CsvSource({
            "http://api.example/orders, not https",
            "https://api.example/orders?x=y, query",
            "https://api.example/orders#x, fragment",
            "/orders, host",
            "'', is missing"
        })
        void areNotOfAnyResource(String resource, String problem) {
            assertProblem(
                    published.with(ConfigProperty.RESOURCE_METADATA_RESOURCE, resource),
                    ConfigProperty.RESOURCE_METADATA_RESOURCE,
                    problem);
        }

        @Test
        void haveScopesThatAreScopes() {
            assertProblem(
                    published.with(ConfigProperty.RESOURCE_METADATA_SCOPES_SUPPORTED, "read,two words"),
                    ConfigProperty.RESOURCE_METADATA_SCOPES_SUPPORTED,
                    "two words");
        }

        @Test
        void areNotConfiguredInVain() {
            assertProblem(
                    TestProperties.valid().with(ConfigProperty.RESOURCE_METADATA_RESOURCE, "https://api.example"),
                    ConfigProperty.RESOURCE_METADATA_RESOURCE,
                    "no effect");
        }
    }
}

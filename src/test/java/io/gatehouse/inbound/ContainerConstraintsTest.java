package io.gatehouse.inbound;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.testing.Fakes;
import jakarta.annotation.security.DenyAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.security.enterprise.SecurityContext;
import jakarta.servlet.ServletContext;
import jakarta.servlet.annotation.ServletSecurity;
import jakarta.ws.rs.Path;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContainerConstraintsTest {

    private static final String WEB_XML = "/WEB-INF/web.xml";
    private static final String EJB_JAR_XML = "/WEB-INF/ejb-jar.xml";

    private final Map<String, InputStream> files = new HashMap<>();
    private @Nullable String server = "IBM WebSphere Liberty/26.0.0.3";
    private boolean securityIsOn;
    private boolean enterpriseBeansAreOn;

    private boolean areIgnored(Class<?>... annotated) {
        ServletContext context = Fakes.of(
                ServletContext.class,
                Map.of(
                        "getServerInfo",
                        nothing -> server,
                        "getResourceAsStream",
                        arguments -> files.get((String) arguments[0])));
        return ContainerConstraints.areIgnored(
                Set.of(annotated), context, () -> securityIsOn, () -> enterpriseBeansAreOn);
    }

    private void webXml(String text) {
        files.put(WEB_XML, new ByteArrayInputStream(text.getBytes(UTF_8)));
    }

    @ServletSecurity
    private static final class Guarded {}

    @Test
    void areThoseOfServlets() {
        assertThat(areIgnored(Guarded.class, String.class)).isTrue();
        assertThat(areIgnored(String.class)).isFalse();
        assertThat(areIgnored()).isFalse();
    }

    @Test
    void areHeededWhereSecurityIsOn() {
        securityIsOn = true;
        assertThat(areIgnored(Guarded.class)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"Open Liberty 30, true", "Apache Tomcat/10.1, false", ", false"})
    void areIgnoredByOneServerAlone(String name, boolean ignored) {
        server = name;
        assertThat(areIgnored(Guarded.class)).isEqualTo(ignored);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<web-app><security-constraint/></web-app>",
                "<j:web-app xmlns:j='https://jakarta.ee/xml/ns/jakartaee'><j:security-constraint/></j:web-app>",
                "<web-app><security-constraint>",
                "<web-app>&constraints;</web-app>",
                "no XML",
                ""
            })
    void areThoseOfADescriptorOrOfOneThatNobodyUnderstands(String text) {
        webXml(text);
        assertThat(areIgnored()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<web-app/>",
                "<web-app><!-- no <security-constraint> any more --></web-app>",
                "<web-app><display-name>security-constraint</display-name></web-app>"
            })
    void areNotWhatADescriptorOnlySpeaksOf(String text) {
        webXml(text);
        assertThat(areIgnored()).isFalse();
    }

    @Test
    void areReadInTheEncodingOfTheDescriptor() {
        String text = "<?xml version='1.0' encoding='UTF-16'?><web-app><security-constraint/></web-app>";
        files.put(WEB_XML, new ByteArrayInputStream(text.getBytes(UTF_16)));
        assertThat(areIgnored()).isTrue();
    }

    @Test
    void mayBeInADescriptorThatCannotBeRead() {
        files.put(WEB_XML, new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("broken");
            }
        });
        assertThat(areIgnored()).isTrue();
    }

    /** Whoever has a bean for Jakarta Security, and whether that says that the server enforces anything. */
    @ParameterizedTest
    @CsvSource({
        "com.ibm.ws.security.javaeesec.ContextOfServer, true",
        "org.glassfish.soteria.HandlerOfServer, false",
        "java.lang.String, false",
        ", false"
    })
    void areHeededWhereTheServerHasABeanForIt(String maker, boolean on) throws ClassNotFoundException {
        Class<?> made = maker == null ? null : Class.forName(maker);
        Set<?> beans = made == null
                ? Set.of()
                : Set.of(Fakes.of(jakarta.enterprise.inject.spi.Bean.class, Map.of("getBeanClass", nothing -> made)));
        BeanManager server = Fakes.of(
                BeanManager.class,
                Map.of("getBeans", arguments -> arguments[0] == SecurityContext.class ? beans : Set.of()));
        assertThat(ContainerConstraints.isOn(server)).isEqualTo(on);
    }

    @Stateless
    @RolesAllowed("boss")
    private static final class Bean {}

    @Stateless
    @Path("bean")
    @RolesAllowed("boss")
    private static final class BeanAndResource {}

    private abstract static class Parent {
        @DenyAll
        void locked() {}
    }

    @Path("resource")
    @RolesAllowed("boss")
    private static final class Resource {}

    @ParameterizedTest
    @ValueSource(classes = {Bean.class, BeanAndResource.class, Parent.class})
    void areThoseOfEnterpriseBeansWhereThereAreAny(Class<?> type) {
        assertThat(areIgnored(type)).isFalse();
        enterpriseBeansAreOn = true;
        assertThat(areIgnored(type)).isTrue();
    }

    @Test
    void areNotThoseOfResourcesWhichAreGuarded() {
        enterpriseBeansAreOn = true;
        assertThat(areIgnored(Resource.class)).isFalse();
    }

    @Test
    void mayBeInTheDescriptorOfBeans() {
        files.put(EJB_JAR_XML, InputStream.nullInputStream());
        assertThat(areIgnored()).isFalse();
        enterpriseBeansAreOn = true;
        assertThat(areIgnored()).isTrue();
    }
}

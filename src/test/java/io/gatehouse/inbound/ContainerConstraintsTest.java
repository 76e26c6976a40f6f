package io.gatehouse.inbound;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.testing.Fakes;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.servlet.ServletContext;
import jakarta.servlet.annotation.ServletSecurity;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContainerConstraintsTest {

    private static final String LIBERTY = "IBM WebSphere Liberty/26.0.0.3";

    @ServletSecurity
    private static final class Guarded {}

    private static boolean areIgnored(
            @Nullable String server, boolean annotated, @Nullable InputStream descriptor, boolean securityIsOn) {
        return ContainerConstraints.areIgnored(
                annotated ? Set.of(Guarded.class) : Set.of(String.class),
                Fakes.of(
                        ServletContext.class,
                        Map.of("getServerInfo", nothing -> server, "getResourceAsStream", nothing -> descriptor)),
                () -> securityIsOn);
    }

    private static InputStream text(String xml) {
        return new ByteArrayInputStream(xml.getBytes(UTF_8));
    }

    /** Server, by annotation, descriptor, whether the server enforces anything; whether they are ignored. */
    @ParameterizedTest
    @CsvSource({
        "IBM WebSphere Liberty/26.0.0.3, true, <web-app/>, false, true",
        "IBM WebSphere Liberty/26.0.0.3, false, <web-app><security-constraint/></web-app>, false, true",
        "Open Liberty 30, false, <web-app><security-constraint>, false, true",
        "IBM WebSphere Liberty/26.0.0.3, true, <web-app/>, true, false",
        "IBM WebSphere Liberty/26.0.0.3, false, <web-app/>, false, false",
        "Apache Tomcat/10.1, true, <web-app><security-constraint/></web-app>, false, false"
    })
    void areIgnoredByTheServerThatHasNoSecurity(
            String server, boolean annotated, String descriptor, boolean securityIsOn, boolean ignored) {
        assertThat(areIgnored(server, annotated, text(descriptor), securityIsOn))
                .isEqualTo(ignored);
    }

    @Stateless
    @RolesAllowed("boss")
    private static final class Bean {}

    @RolesAllowed("boss")
    private static final class Resource {}

    @Test
    void areThoseOfEnterpriseBeansToo() {
        ServletContext context = Fakes.of(
                ServletContext.class,
                Map.of("getServerInfo", nothing -> LIBERTY, "getResourceAsStream", nothing -> null));
        assertThat(ContainerConstraints.areIgnored(Set.of(Bean.class), context, () -> false))
                .isTrue();
        assertThat(ContainerConstraints.areIgnored(Set.of(Resource.class), context, () -> false))
                .isFalse();
    }

    @Test
    void areNotDeclaredWithoutADescriptor() {
        assertThat(areIgnored(LIBERTY, false, null, false)).isFalse();
    }

    /** Nobody knows what it says. */
    @Test
    void mayBeInADescriptorThatCannotBeRead() {
        InputStream broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("broken");
            }
        };
        assertThat(areIgnored(LIBERTY, false, broken, false)).isTrue();
        assertThat(areIgnored(LIBERTY, false, broken, true)).isFalse();
    }

    @Test
    void areOfNoConcernOnAServerWithoutAName() {
        assertThat(areIgnored(null, true, null, false)).isFalse();
    }
}

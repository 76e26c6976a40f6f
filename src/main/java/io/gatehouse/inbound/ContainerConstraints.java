package io.gatehouse.inbound;

import jakarta.annotation.security.DenyAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.CDI;
import jakarta.security.enterprise.SecurityContext;
import jakarta.servlet.ServletContext;
import jakarta.servlet.annotation.ServletSecurity;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.AnnotatedElement;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * The application's own wish that the container guard its servlets and enterprise beans, which Open Liberty without
 * {@code appSecurity} does not hear: they would stand open to everybody. In case of doubt there is such a wish. Stateless.
 */
final class ContainerConstraints {

    private static final String DESCRIPTOR = "/WEB-INF/web.xml";

    /** Of enterprise beans: roles may be what it is there for. */
    private static final String BEAN_DESCRIPTOR = "/WEB-INF/ejb-jar.xml";

    private static final String CONSTRAINT = "security-constraint";

    /** By name: a server need not have them. */
    private static final String ENTERPRISE_BEANS = "jakarta.ejb.";

    /** Of the server's own beans for Jakarta Security. */
    private static final List<String> MAKERS = List.of("com.ibm.ws.security.", "io.openliberty.security.");

    private static final String RESOURCE = "jakarta.ws.rs.Path";

    private ContainerConstraints() {}

    /**
     * Whether there are such constraints, and nobody heeds them.
     *
     * @param annotated types of the application with annotations that the container was asked to look for
     */
    static boolean areIgnored(Collection<Class<?>> annotated, ServletContext context) {
        return areIgnored(
                annotated, context, ContainerConstraints::isSecurityOn, ContainerConstraints::areEnterpriseBeansOn);
    }

    static boolean areIgnored(
            Collection<Class<?>> annotated,
            ServletContext context,
            BooleanSupplier securityIsOn,
            BooleanSupplier enterpriseBeansAreOn) {
        return isOpenLiberty(context)
                && !securityIsOn.getAsBoolean()
                && areDeclared(annotated, context, enterpriseBeansAreOn);
    }

    private static boolean isOpenLiberty(ServletContext context) {
        String server = context.getServerInfo();
        return server != null && server.contains("Liberty");
    }

    private static boolean areDeclared(
            Collection<Class<?>> annotated, ServletContext context, BooleanSupplier enterpriseBeansAreOn) {
        try {
            return annotated.stream().anyMatch(type -> type.isAnnotationPresent(ServletSecurity.class))
                    || areInDescriptor(context)
                    || (enterpriseBeansAreOn.getAsBoolean() && areOfBeans(annotated, context));
        } catch (RuntimeException | LinkageError incomplete) {
            return true;
        }
    }

    private static boolean areInDescriptor(ServletContext context) {
        try (InputStream in = context.getResourceAsStream(DESCRIPTOR)) {
            return in != null && areIn(in);
        } catch (IOException | XMLStreamException unreadable) {
            return true;
        }
    }

    private static boolean areIn(InputStream descriptor) throws XMLStreamException {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        XMLStreamReader reader = factory.createXMLStreamReader(descriptor);
        while (reader.hasNext()) {
            if (reader.next() == XMLStreamReader.START_ELEMENT
                    && reader.getLocalName().equals(CONSTRAINT)) {
                return true;
            }
        }
        return false;
    }

    /** What names roles and has no path of its own may be a bean's, by inheritance at least. */
    private static boolean areOfBeans(Collection<Class<?>> annotated, ServletContext context) {
        return annotated.stream()
                        .filter(ContainerConstraints::namesRoles)
                        .anyMatch(type -> !has(RESOURCE, type) || has(ENTERPRISE_BEANS, type))
                || isThere(BEAN_DESCRIPTOR, context);
    }

    private static boolean isThere(String file, ServletContext context) {
        try (InputStream in = context.getResourceAsStream(file)) {
            return in != null;
        } catch (IOException unreadable) {
            return true;
        }
    }

    private static boolean namesRoles(Class<?> type) {
        return Stream.concat(Stream.<AnnotatedElement>of(type), Arrays.stream(type.getDeclaredMethods()))
                .anyMatch(element ->
                        element.isAnnotationPresent(RolesAllowed.class) || element.isAnnotationPresent(DenyAll.class));
    }

    private static boolean has(String annotation, Class<?> type) {
        return Stream.of(type.getAnnotations())
                .anyMatch(each -> each.annotationType().getName().startsWith(annotation));
    }

    private static boolean areEnterpriseBeansOn() {
        try {
            Class.forName(ENTERPRISE_BEANS + "EJBContext", false, ContainerConstraints.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException | LinkageError none) {
            return false;
        }
    }

    /** Whatever an application brings along itself, nobody but the feature has this bean made by the server. */
    private static boolean isSecurityOn() {
        try {
            return isOn(CDI.current().getBeanManager());
        } catch (LinkageError nothingOfTheKind) {
            return false;
        } catch (RuntimeException noCdiHere) {
            return isApiOfServer();
        }
    }

    static boolean isOn(BeanManager beans) {
        return beans.getBeans(SecurityContext.class).stream()
                .map(bean -> bean.getBeanClass().getName())
                .anyMatch(maker -> MAKERS.stream().anyMatch(maker::startsWith));
    }

    /** Or else of the application. */
    @SuppressWarnings("ReferenceEquality")
    private static boolean isApiOfServer() {
        return SecurityContext.class.getClassLoader() != ContainerConstraints.class.getClassLoader();
    }
}

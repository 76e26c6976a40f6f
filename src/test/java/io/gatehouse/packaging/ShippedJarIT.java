package io.gatehouse.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.Method;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathFactory;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** Looks at the jar that users get, from outside. */
@Timeout(60)
class ShippedJarIT {

    private static final Path JAR = Path.of(System.getProperty("gatehouse.jar"));
    private static final Path POM = Path.of(System.getProperty("gatehouse.pom"));

    @Test
    void holdsClassesUnderOurNameOnly() throws IOException {
        assertThat(entries())
                .contains("io/gatehouse/http/JsonHttpClient.class", "io/gatehouse/token/ClaimsValidator.class")
                .allMatch(name -> name.startsWith("io/gatehouse/") || name.startsWith("META-INF/"))
                .noneMatch(name -> name.startsWith("META-INF/") && name.endsWith(".class"));
    }

    /** Of a jar that is packed in: they would make ours a forgery. */
    @Test
    void carriesNoSignatureOfSomebodyElse() throws IOException {
        assertThat(entries()).noneMatch(name -> name.matches("META-INF/[^/]+\\.(SF|RSA|DSA|EC)"));
    }

    @Test
    void offersNoServiceThatIsNotOurs() throws IOException {
        try (JarFile jar = new JarFile(JAR.toFile())) {
            List<String> services = entries().stream()
                    .filter(name -> name.startsWith("META-INF/services/"))
                    .toList();

            assertThat(services)
                    .isNotEmpty()
                    .doesNotContain("META-INF/services/jakarta.ws.rs.client.ClientBuilder")
                    .noneMatch(name -> name.contains("/org.glassfish."));
            for (String service : services) {
                assertThat(text(jar, service).lines()).as(service).allMatch(line -> line.startsWith("io.gatehouse."));
            }
        }
    }

    @Test
    void carriesTheLicencesOfWhatItHolds() throws IOException {
        assertThat(entries())
                .contains(
                        "META-INF/licenses/README.md",
                        "META-INF/licenses/bcprov-jdk18on/LICENSE.txt",
                        "META-INF/licenses/jersey-client/LICENSE.md",
                        "META-INF/licenses/jersey-common/NOTICE.md",
                        "META-INF/licenses/jakarta.ws.rs-api/LICENSE.md",
                        "META-INF/licenses/jakarta.inject-api/LICENSE.txt");
    }

    @Test
    void bringsOneDependencyAlong() throws Exception {
        Document pom = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(POM.toFile());
        NodeList dependencies = (NodeList) XPathFactory.newInstance()
                .newXPath()
                .evaluate("/project/dependencies/dependency", pom, XPathConstants.NODESET);
        List<String> broughtAlong = new ArrayList<>();
        for (int i = 0; i < dependencies.getLength(); i++) {
            Element dependency = (Element) dependencies.item(i);
            String scope = text(dependency, "scope");
            if (!scope.equals("provided") && !scope.equals("test")) {
                broughtAlong.add(text(dependency, "artifactId"));
            }
        }
        assertThat(broughtAlong).containsExactly("microprofile-jwt-auth-api");
    }

    /** The loader knows the JDK, our jar and its one dependency: what is missing or misnamed would show here. */
    @Test
    void fetchesOverItsOwnJerseyWithoutAWord() throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
        server.createContext("/", exchange -> {
            byte[] body = ("{\"method\":\"" + exchange.getRequestMethod() + "\"}").getBytes(StandardCharsets.UTF_8);
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        List<String> logged = new ArrayList<>();
        Handler handler = recording(logged);
        Logger.getLogger("").addHandler(handler);
        try (URLClassLoader loader = isolated()) {
            URI uri = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");

            assertThat(fetch(loader, uri)).containsExactly("{\"method\":\"GET\"}", "{\"method\":\"POST\"}");
            assertThat(logged).isEmpty();
        } finally {
            Logger.getLogger("").removeHandler(handler);
            server.stop(0);
        }
    }

    /** Of the library that computes them only the classes that it needs are packed in. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    alice    | $2a$04$abcdefghijklmnopqrstuuqq9dxaCkkb3MYrhtQqIHVY.Pv96lfQK
                    password | $argon2id$v=19$m=256,t=2,p=2$c29tZXNhbHQ$bQk8UB/VmZZF4Oo79iDXuL5/0ttZwg2f/5U52iv1cDc
                    password | $argon2i$v=19$m=256,t=2,p=1$c29tZXNhbHQ$iekCn0Y3spW+sCcFanM2xBT63UP2sghkUoHLIUpWRS8
                    password | $argon2d$v=19$m=256,t=2,p=1$c29tZXNhbHQ$JcTui6RIBUtJ78gE5Hi52CO+H5vS6Z9R1uxAB6OhUB8
                    # A hash of more than 64 bytes is put together from several.
                    wrong    | $argon2id$v=19$m=8,t=1,p=1$c29tZXNhbHQ$c29tZXNhbHRzb21lc2FsdHNvbWVzYWx0c29tZXNhbHRzb21lc2FsdHNvbWVzYWx0c29tZXNhbHRzb21lc2FsdHNvbWVzYWx0
                    """)
    void knowsHashesOfEachKind(String password, String hash) throws Exception {
        try (URLClassLoader loader = isolated()) {
            Class<?> type = loader.loadClass("io.gatehouse.basic.PasswordHash");
            Object parsed = type.getMethod("parse", String.class).invoke(null, hash);
            Method verify = type.getMethod("verify", char[].class);
            assertThat(verify.invoke(parsed, (Object) password.toCharArray())).isEqualTo(!password.equals("wrong"));
            assertThat(verify.invoke(parsed, (Object) "other".toCharArray())).isEqualTo(false);
        }
    }

    /** As a user starts it: with the platform's classes and the jar, and nothing of Jakarta EE or MicroProfile. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    explain | key | 1 | GATE-MALFORMED
                    doctor  | key | 0 | 1 key
                    doctor  | url | 1 | connection refused
                    """)
    void runsByItself(String command, String keys, int exit, String words, @TempDir Path directory) throws Exception {
        Path key = Files.writeString(directory.resolve("key.pem"), pem());
        Path config = Files.writeString(
                directory.resolve("a.properties"),
                "mp.jwt.verify.issuer=https://issuer.example\nmp.jwt.verify.audiences=orders\n"
                        + "mp.jwt.verify.publickey.location="
                        + (keys.equals("key") ? key.toUri().toString() : "http://127.0.0.1:9/jwks"));
        List<String> call = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar",
                JAR.toString(),
                command,
                "--config",
                config.toString()));
        if (command.equals("explain")) {
            call.addAll(List.of("--token", "-"));
        }
        Process java = new ProcessBuilder(call).redirectErrorStream(true).start();
        try (OutputStream in = java.getOutputStream()) {
            in.write("opaque\n".getBytes(StandardCharsets.UTF_8));
        } catch (IOException ended) {
            // who needs no token, has not waited for it
        }
        String output = new String(java.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(java.waitFor()).as(output).isEqualTo(exit);
        assertThat(output).contains(words).doesNotContain("Exception", "NoClassDef", "org.glassfish");
    }

    private static String pem() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        byte[] key = generator.generateKeyPair().getPublic().getEncoded();
        return "-----BEGIN PUBLIC KEY-----\n" + Base64.getMimeEncoder().encodeToString(key)
                + "\n-----END PUBLIC KEY-----\n";
    }

    private static URLClassLoader isolated() throws IOException {
        URL api = JsonWebToken.class.getProtectionDomain().getCodeSource().getLocation();
        return new URLClassLoader(new URL[] {JAR.toUri().toURL(), api}, ClassLoader.getPlatformClassLoader());
    }

    private static List<String> fetch(ClassLoader loader, URI uri) throws Exception {
        Class<?> settings = loader.loadClass("io.gatehouse.http.HttpSettings");
        Class<?> form = loader.loadClass("io.gatehouse.http.FormBody");
        Class<?> type = loader.loadClass("io.gatehouse.http.JsonHttpClient");
        Object client = type.getMethod("create", settings)
                .invoke(null, settings.getMethod("defaults").invoke(null));
        try (AutoCloseable closing = (AutoCloseable) client) {
            Object filled = form.getMethod("with", String.class, String.class)
                    .invoke(form.getMethod("empty").invoke(null), "token", "a&b");
            Method post = type.getMethod("post", URI.class, form, Map.class);
            return List.of(
                    body(type.getMethod("get", URI.class).invoke(closing, uri)),
                    body(post.invoke(closing, uri, filled, Map.of())));
        }
    }

    private static String body(Object result) throws Exception {
        assertThat(result.getClass().getSimpleName()).as(result.toString()).isEqualTo("Ok");
        return new String((byte[]) result.getClass().getMethod("body").invoke(result), StandardCharsets.UTF_8);
    }

    private static List<String> entries() throws IOException {
        try (JarFile jar = new JarFile(JAR.toFile())) {
            return jar.stream()
                    .filter(entry -> !entry.isDirectory())
                    .map(JarEntry::getName)
                    .toList();
        }
    }

    private static String text(JarFile jar, String entry) throws IOException {
        try (InputStream in = jar.getInputStream(jar.getEntry(entry))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String text(Element parent, String child) {
        NodeList found = parent.getElementsByTagName(child);
        return found.getLength() == 0 ? "" : found.item(0).getTextContent();
    }

    private static Handler recording(List<String> logged) {
        return new Handler() {
            @Override
            public void publish(LogRecord logRecord) {
                logged.add(logRecord.getLoggerName() + ": " + logRecord.getMessage());
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
    }
}

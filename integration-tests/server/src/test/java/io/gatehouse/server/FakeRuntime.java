package io.gatehouse.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.instrument.Instrumentation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;

/** The files of an Open Liberty that a process is started from; its server is this class. */
final class FakeRuntime {

    private static final String END = "end";
    private static final List<String> ENVIRONMENT =
            List.of("HTTP_PORT", "WLP_USER_DIR", "WLP_OUTPUT_DIR", "OF_THE_TEST");
    private static final List<String> PROPERTIES = List.of("of.the.test", "of.the.runtime", "agent");

    private FakeRuntime() {}

    /** Says what it was started with, and waits until somebody stops it. */
    public static void main(String[] arguments) throws InterruptedException {
        say("name", arguments[0]);
        say("directory", Path.of("").toAbsolutePath().toString());
        ENVIRONMENT.forEach(name -> say(name, System.getenv(name)));
        PROPERTIES.forEach(name -> say(name, System.getProperty(name)));
        say(END, "");
        new CountDownLatch(1).await();
    }

    private static void say(String name, String value) {
        System.out.println(name + "=" + value);
    }

    public static void premain(String arguments, Instrumentation instrumentation) {
        System.setProperty("agent", "loaded");
    }

    /** What a server that writes there has said, once that is all. */
    static Map<String, String> said(Path console) throws IOException, InterruptedException {
        for (int i = 0; i < 600; i++) {
            Map<String, String> said = new LinkedHashMap<>();
            for (String line : Files.readAllLines(console)) {
                int equals = line.indexOf('=');
                if (equals > 0) {
                    said.put(line.substring(0, equals), line.substring(equals + 1));
                }
            }
            if (said.containsKey(END)) {
                return said;
            }
            Thread.sleep(50);
        }
        throw new AssertionError("the server has not said all within half a minute: " + Files.readString(console));
    }

    static Path in(Path directory) throws IOException {
        Path tools = Files.createDirectories(directory.resolve("bin/tools"));
        jar(tools.resolve("ws-server.jar"), Attributes.Name.MAIN_CLASS);
        jar(tools.resolve("ws-javaagent.jar"), new Attributes.Name("Premain-Class"));
        Path options = Files.createDirectories(directory.resolve("lib/platform/java"));
        for (String file : List.of("java9.options", "java24.options")) {
            Files.writeString(options.resolve(file), "# a comment\n\n  -Dof.the.runtime=yes  \n");
        }
        return directory;
    }

    private static void jar(Path file, Attributes.Name role) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(role, FakeRuntime.class.getName());
        String entry = FakeRuntime.class.getName().replace('.', '/') + ".class";
        try (OutputStream out = Files.newOutputStream(file);
                JarOutputStream jar = new JarOutputStream(out, manifest);
                InputStream bytes = FakeRuntime.class.getClassLoader().getResourceAsStream(entry)) {
            jar.putNextEntry(new ZipEntry(entry));
            bytes.transferTo(jar);
        }
    }
}

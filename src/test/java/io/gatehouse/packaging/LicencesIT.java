package io.gatehouse.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Everything that ends in our jar, or comes beside it into a user's WAR, may be used so: its licence is one of a list. From
 * the bill of materials of the same build; leaves {@code target/gatehouse-licences.md} for whoever has to answer for it.
 */
class LicencesIT {

    private static final Path SBOM = Path.of(System.getProperty("gatehouse.sbom"));

    /** As they are named in the bill of materials. Those that oblige the application around us are not among them. */
    private static final Set<String> ACCEPTED = Set.of(
            "Apache-2.0",
            "Apache License, 2.0",
            "EPL-2.0",
            "MIT",
            "BSD-2-Clause",
            "BSD-3-Clause",
            "Bouncy Castle Licence");

    /** Comes with {@code EPL-2.0} as the licensee's choice, and with other licences of single files; alone it is not accepted. */
    private static final Set<String> BESIDE_OTHERS = Set.of(
            "GPL-2.0-with-classpath-exception",
            "The GNU General Public License (GPL), Version 2, With Classpath Exception",
            "Public Domain",
            "Modified BSD",
            "jQuery license",
            "W3C license",
            "CC0-1.0");

    private record Component(String name, String version, List<String> licences) {}

    private List<Component> components;

    @BeforeEach
    void read() throws IOException {
        boolean skipped = Boolean.getBoolean("gatehouse.sbom.skipped");
        if (skipped) {
            System.out.println("skipped: this build makes no bill of materials");
        }
        assumeFalse(skipped, "this build makes no bill of materials");
        try (JsonReader reader = Json.createReader(Files.newBufferedReader(SBOM))) {
            components = reader.readObject().getJsonArray("components").getValuesAs(JsonObject.class).stream()
                    .map(LicencesIT::component)
                    .toList();
        }
    }

    private static Component component(JsonObject entry) {
        List<String> licences = new ArrayList<>();
        if (entry.containsKey("licenses")) {
            for (JsonObject choice : entry.getJsonArray("licenses").getValuesAs(JsonObject.class)) {
                JsonObject licence = choice.containsKey("license") ? choice.getJsonObject("license") : choice;
                licences.add(licence.getString("id", licence.getString("name", licence.getString("expression", "?"))));
            }
        }
        return new Component(
                entry.getString("group") + ":" + entry.getString("name"), entry.getString("version"), licences);
    }

    @Test
    void knowTheWholeOfTheJar() {
        assertThat(components)
                .extracting(Component::name)
                .contains(
                        "org.glassfish.jersey.core:jersey-client",
                        "com.github.ben-manes.caffeine:caffeine",
                        "dev.failsafe:failsafe",
                        "org.bouncycastle:bcprov-jdk18on",
                        "org.eclipse.microprofile.jwt:microprofile-jwt-auth-api");
    }

    @Test
    void areOnTheList() {
        assertThat(components).allSatisfy(component -> {
            assertThat(component.licences()).as(component.name()).containsAnyElementsOf(ACCEPTED);
            assertThat(component.licences())
                    .as(component.name())
                    .allMatch(licence -> ACCEPTED.contains(licence) || BESIDE_OTHERS.contains(licence));
        });
    }

    @Test
    void areReported() throws IOException {
        StringBuilder report = new StringBuilder("| component | version | licence |\n|---|---|---|\n");
        components.forEach(component -> report.append("| ")
                .append(component.name())
                .append(" | ")
                .append(component.version())
                .append(" | ")
                .append(String.join(", ", component.licences()))
                .append(" |\n"));
        Path file = SBOM.resolveSibling("gatehouse-licences.md");
        Files.writeString(file, report);

        assertThat(Files.readAllLines(file)).hasSize(components.size() + 2);
    }
}

package io.gatehouse;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The rooms of the house, and who may enter which. */
@AnalyzeClasses(
        packages = "io.gatehouse",
        importOptions = {ImportOption.DoNotIncludeTests.class, ArchitectureTest.WithoutShaded.class})
class ArchitectureTest {

    /** The Jersey that the http room carries under our name is nobody's room. */
    static final class WithoutShaded implements ImportOption {
        @Override
        public boolean includes(Location location) {
            return !location.contains("/io/gatehouse/shaded/");
        }
    }

    /** Which rooms a room may use. {@code config} puts all of them together and is the only one not listed. */
    private static final Map<String, Set<String>> DOORS = Map.ofEntries(
            Map.entry(
                    "inbound",
                    Set.of("token", "roles", "basic", "refusal", "explanation", "authorization", "caller", "json")),
            Map.entry("explanation", Set.of("token", "refusal", "audit", "metrics", "json")),
            Map.entry("metrics", Set.of("refusal", "http")),
            Map.entry("audit", Set.of()),
            Map.entry("caller", Set.of("token", "json")),
            Map.entry("basic", Set.of("guard", "http", "json")),
            Map.entry("authorization", Set.of("token", "refusal", "permission")),
            Map.entry("permission", Set.of("token", "guard", "http", "json")),
            Map.entry("refusal", Set.of("token", "json")),
            Map.entry("introspection", Set.of("token", "jwt", "discovery", "guard", "http", "json")),
            Map.entry("attachment", Set.of("outbound")),
            Map.entry("outbound", Set.of("token", "jwt", "keys", "discovery", "guard", "http", "json")),
            Map.entry("jwt", Set.of("token", "keys", "json")),
            Map.entry("keys", Set.of("http", "json")),
            Map.entry("discovery", Set.of("http", "json")),
            Map.entry("token", Set.of("json")),
            Map.entry("roles", Set.of("token", "json")),
            Map.entry("mpjwt", Set.of("token", "json")),
            Map.entry("guard", Set.of()),
            Map.entry("http", Set.of()),
            Map.entry("log", Set.of()),
            Map.entry("json", Set.of()));

    private static final Set<String> EVERY_ROOM = everyRoom();

    private static Set<String> everyRoom() {
        Set<String> rooms = new TreeSet<>(DOORS.keySet());
        rooms.add("config");
        return rooms;
    }

    private static String room(String name) {
        return "io.gatehouse." + name + "..";
    }

    private static String[] rooms(Set<String> names) {
        return names.stream().map(ArchitectureTest::room).toArray(String[]::new);
    }

    /** Only classes in these rooms may use these packages. */
    private static ArchRule only(Set<String> rooms, String... packages) {
        return noClasses()
                .that(resideInAnyPackage("io.gatehouse..").and(not(resideInAnyPackage(rooms(rooms)))))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(packages)
                .allowEmptyShould(true);
    }

    @ArchTest
    static void roomsUseTheRoomsThatTheyMayUse(JavaClasses classes) {
        DOORS.forEach((room, doors) -> {
            Set<String> closed = new TreeSet<>(EVERY_ROOM);
            closed.removeAll(doors);
            closed.remove(room);
            closed.remove("log"); // which decides nothing, and uses nobody
            noClasses()
                    .that()
                    .resideInAPackage(room(room))
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(rooms(closed))
                    .check(classes);
        });
    }

    @ArchTest
    static void everyClassIsInARoomThatIsKnownHere(JavaClasses classes) {
        Set<String> found = classes.stream()
                .map(JavaClass::getPackageName)
                .filter(name -> name.startsWith("io.gatehouse."))
                .map(name -> name.split("\\.")[2])
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(found).isEqualTo(EVERY_ROOM);
    }

    @ArchTest
    static final ArchRule nothingUsesTheConfiguration = noClasses()
            .that()
            .resideOutsideOfPackage(room("config"))
            .should()
            .dependOnClassesThat()
            .resideInAPackage(room("config"));

    @ArchTest
    static final ArchRule roomsStandInNoCircle =
            slices().matching("io.gatehouse.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule servletsAreForTheGate = only(Set.of("inbound"), "jakarta.servlet..");

    @ArchTest
    static final ArchRule jakartaSecurityIsForTheGateAndThePrincipal =
            only(Set.of("inbound", "mpjwt"), "jakarta.security..");

    @ArchTest
    static final ArchRule restIsForTheResourcesAndTheClient =
            only(Set.of("authorization", "attachment", "http"), "jakarta.ws.rs..");

    @ArchTest
    static final ArchRule microProfileConfigIsForTheConfiguration =
            only(Set.of("config"), "org.eclipse.microprofile.config..");

    @ArchTest
    static final ArchRule microProfileJwtIsForItsFace = only(Set.of("mpjwt"), "org.eclipse.microprofile.jwt..");

    @ArchTest
    static final ArchRule restClientIsForTheAttachments = only(Set.of("attachment"), "org.eclipse.microprofile.rest..");

    @ArchTest
    static final ArchRule figuresAndHealthAreForTheRoomOfFiguresAndTheConfiguration = only(
            Set.of("metrics", "config"),
            "io.opentelemetry..",
            "org.eclipse.microprofile.metrics..",
            "org.eclipse.microprofile.health..");

    /** They are absent on many servers: who names them is loaded only where they are there. */
    @ArchTest
    static final ArchRule optionalApisAreNamedInFewPlaces = noClasses()
            .that()
            .haveNameNotMatching("io\\.gatehouse\\.(metrics\\.(OpenTelemetry|MicroProfile)Measurements"
                    + "|config\\.(OpenTelemetryOfApplication|MetricRegistryOfApplication|ReadinessChecks|IssuerReadiness))"
                    + "(\\$.*)?")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.opentelemetry..", "org.eclipse.microprofile.metrics..", "org.eclipse.microprofile.health..");

    @ArchTest
    static final ArchRule cdiIsAThinShell = only(
            Set.of("inbound", "authorization", "attachment", "mpjwt", "config"),
            "jakarta.enterprise..",
            "jakarta.inject..");

    @ArchTest
    static final ArchRule cacheIsForTheCallsThatNeedIt =
            only(Set.of("introspection", "basic", "jwt", "permission", "outbound"), "com.github.benmanes..");

    @ArchTest
    static final ArchRule circuitBreakerIsForTheCallsThatNeedIt =
            only(Set.of("guard", "introspection", "basic"), "dev.failsafe..");

    @ArchTest
    static final ArchRule jsonIsReadByOurOwnParser =
            only(Set.of("mpjwt"), "jakarta.json..", "com.fasterxml..", "com.google.gson..");

    @ArchTest
    static final ArchRule loggingIsThatOfThePlatform =
            only(Set.of(), "java.util.logging..", "org.slf4j..", "org.apache.commons.logging..");

    /** Or its lines would not say which application they are about. */
    @ArchTest
    static final ArchRule loggersAreMadeByTheRoomOfTheLog = noClasses()
            .that()
            .resideOutsideOfPackage(room("log"))
            .should()
            .callMethod(System.class, "getLogger", String.class)
            .orShould()
            .callMethod(System.class, "getLogger", String.class, ResourceBundle.class);

    @ArchTest
    static final ArchRule nothingStaticChanges = fields().that()
            .areStatic()
            .and()
            .areDeclaredInClassesThat()
            .resideInAPackage("io.gatehouse..")
            .should()
            .beFinal();

    @ArchTest
    static void coreTypesAreFinal(JavaClasses classes) {
        Stream<JavaClass> core = classes.stream()
                .filter(resideInAnyPackage(rooms(
                        Set.of("json", "token", "keys", "jwt", "roles", "caller", "guard", "http", "permission"))))
                .filter(type -> !type.isInterface()
                        && !type.isAnonymousClass()
                        && !type.getSimpleName().isEmpty())
                .filter(type -> !type.isEnum()
                        && (type.getEnclosingClass().isEmpty()
                                || !type.getEnclosingClass().get().isEnum()));

        assertThat(core).allMatch(type -> type.getModifiers().contains(JavaModifier.FINAL));
    }

    @ArchTest
    static final ArchRule namesSayWhatATypeIs = classes()
            .that()
            .resideInAPackage("io.gatehouse..")
            .should()
            .haveNameNotMatching(".*(Utils?|Helper|Manager|Impl)$|.*\\.(Abstract|Base)[A-Z].*");
}

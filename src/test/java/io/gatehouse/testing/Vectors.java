package io.gatehouse.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.function.Executable;

/** The public test vectors in {@code shared/vectors}, beside the project's root. Where they are absent, tests say so. */
public final class Vectors {

    private static final Path FOLDER = Path.of("..", "..", "shared", "vectors");

    private Vectors() {}

    /** One file of a collection, read by another JSON parser than ours. */
    public static JsonObject read(String file) {
        Path path = FOLDER.resolve(file);
        if (!Files.exists(path)) {
            System.out.println("skipped: there is no shared/vectors/" + file + " beside the project");
        }
        assumeTrue(Files.exists(path), "shared/vectors/" + file + " is absent");
        try (JsonReader reader = Json.createReader(Files.newBufferedReader(path))) {
            return reader.readObject();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** One case of a Wycheproof file with the group that it belongs to. */
    public record Case(JsonObject group, JsonObject test) {

        public int id() {
            return test.getInt("tcId");
        }

        public String result() {
            return test.getString("result");
        }

        public String comment() {
            return test.getString("comment");
        }

        public DynamicTest named(Executable check) {
            return DynamicTest.dynamicTest("tc" + id() + " " + result() + " " + comment(), check);
        }
    }

    /** The cases of a Wycheproof file. */
    public static Stream<Case> wycheproof(String name) {
        JsonArray groups = read("wycheproof/" + name + "_test.json").getJsonArray("testGroups");
        return objects(groups)
                .flatMap(group -> objects(group.getJsonArray("tests")).map(test -> new Case(group, test)));
    }

    /** Leaves these cases out; the caller says why. */
    public static Predicate<Case> without(int... ids) {
        return test -> IntStream.of(ids).noneMatch(id -> id == test.id());
    }

    private static Stream<JsonObject> objects(JsonArray array) {
        return array.stream().map(JsonValue::asJsonObject);
    }
}

package io.gatehouse.roles;

import io.gatehouse.json.JsonParser;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * What came of reading a Mesh server's {@code GroupsFile}, which says what may be done by those who have a role: JSON with
 * comments, {@code {"OAuth": {"Users": ["(time_series, read)"]}}}. A permission such as {@code (time_series, read)} is the
 * role {@code time_series:read} here. Tables other than {@code OAuth} are about other ways to log in.
 */
public sealed interface GroupsFile {

    /** Calls the function that fits; every case has to be given. */
    <T> T match(Function<? super Granted, ? extends T> granted, Function<? super Unusable, ? extends T> unusable);

    /** Further roles for those who have a role. */
    record Granted(Map<String, Set<String>> roles) implements GroupsFile {
        public Granted {
            roles = Map.copyOf(roles);
        }

        @Override
        public <T> T match(
                Function<? super Granted, ? extends T> granted, Function<? super Unusable, ? extends T> unusable) {
            return granted.apply(this);
        }
    }

    /** The file says something that cannot be followed. */
    record Unusable(List<String> problems) implements GroupsFile {
        public Unusable {
            problems = List.copyOf(problems);
        }

        @Override
        public <T> T match(
                Function<? super Granted, ? extends T> granted, Function<? super Unusable, ? extends T> unusable) {
            return unusable.apply(this);
        }
    }

    /** Reads the text of such a file: all of it, or nothing but its problems. */
    static GroupsFile parse(String text) {
        Optional<byte[]> json = JsonComments.removed(withoutByteOrderMark(text).getBytes(StandardCharsets.UTF_8));
        if (json.isEmpty()) {
            return new Unusable(List.of("has a comment that does not end"));
        }
        return JsonParser.parseObject(json.get())
                .match(
                        parsed -> new GroupsFileReader().read(parsed.members()),
                        malformed ->
                                new Unusable(List.of("is not JSON, nor JSON with comments: " + malformed.problem())));
    }

    /** Editors on Windows write one. */
    private static String withoutByteOrderMark(String text) {
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }
}

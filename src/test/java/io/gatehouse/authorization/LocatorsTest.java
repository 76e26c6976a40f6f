package io.gatehouse.authorization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.gatehouse.testing.Fakes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which sub-resource locators a request went through, as far as its path says. */
class LocatorsTest {

    @Path("/root")
    static class Root {
        @Path("plain")
        public Leaf plain() {
            return new Leaf();
        }

        @Path("{id}")
        public Leaf byId() {
            return new Leaf();
        }

        @Path("{id: [0-9]{2}}")
        public Leaf byNumber() {
            return new Leaf();
        }

        @Path("branch/{id}")
        public Object branch() {
            return new Branch();
        }

        @Path("class")
        public Class<Leaf> ofClass() {
            return Leaf.class;
        }

        @GET
        @Path("resource")
        public String resource() {
            return "";
        }

        public Leaf neither() {
            return new Leaf();
        }
    }

    interface Promise {
        @Path("promised")
        Leaf promised();
    }

    @Path("promising")
    static class Promising implements Promise {
        @Override
        public Leaf promised() {
            return new Leaf();
        }
    }

    static class Branch {
        @Path("leaf")
        public Leaf leaf() {
            return new Leaf();
        }

        @Path("again")
        public Branch again() {
            return new Branch();
        }
    }

    static class Leaf {}

    private static String onTheWay(String path, Class<?> last, Object... matched) {
        UriInfo uri = Fakes.of(
                UriInfo.class,
                Map.of("getPath", arguments -> path, "getMatchedResources", arguments -> List.of(matched)));
        return new Locators()
                .onTheWay(uri, last).stream()
                        .map(method -> method.method().getName())
                        .sorted()
                        .collect(Collectors.joining(" "));
    }

    @ParameterizedTest
    @CsvSource({
        "/root/plain, plain",
        "root/plain/, plain",
        "/root/plain/further, plain",
        "/root/plain;a=b/further;c=d, plain",
        "/root/other, byId",
        "/root/plains, byId",
        "/root/12, byNumber",
        "/root/123, byId",
        "/root/class, ofClass",
        "/root/branch, byId"
    })
    void areThoseThatJaxRsPrefers(String path, String expected) {
        assertThat(onTheWay(path, Leaf.class, new Leaf(), new Root())).isEqualTo(expected);
    }

    @Test
    void areFoundAtEachStep() {
        assertThat(onTheWay("/root/branch/7/leaf", Leaf.class, new Leaf(), new Branch(), new Root()))
                .isEqualTo("branch leaf");
        assertThat(onTheWay(
                        "/root/branch/7/again/leaf", Leaf.class, new Leaf(), new Branch(), new Branch(), new Root()))
                .isEqualTo("again branch leaf");
    }

    @Test
    void areFoundWhereJaxRsDoesNotNameTheLastResourceYet() {
        assertThat(onTheWay("/root/plain", Leaf.class, new Root())).isEqualTo("plain");
    }

    @Test
    void areFoundWhereTheAnnotationIsInherited() {
        assertThat(onTheWay("/promising/promised", Leaf.class, new Leaf(), new Promising()))
                .isEqualTo("promised");
    }

    @Test
    void areAllThatThereAreWhereThePathFitsNone() {
        assertThat(onTheWay("/elsewhere/a/b", Leaf.class, new Leaf(), new Root()))
                .isEqualTo("branch byId byNumber ofClass plain");
    }

    @Test
    void areNoneOnTheWayToARootResource() {
        assertThat(onTheWay("/root/resource", Root.class, new Root())).isEmpty();
        assertThat(onTheWay("/root/resource", Root.class)).isEmpty();
    }

    @Test
    void haveTemplatesThatAreWellFormed() {
        assertThat(PathTemplate.of("/a{x}/{y: b+ }/").expression()).isEqualTo("\\Qa\\E(?:[^/]+?)\\Q/\\E(?:b+)");
        assertThatIllegalArgumentException().isThrownBy(() -> PathTemplate.of("a/{x"));
    }
}

package io.gatehouse.benchmarks.contestants;

import io.gatehouse.benchmarks.tokens.Algorithm;
import java.util.List;

/** A library that validates tokens. */
public interface Contestant {

    /** What the tables call it. */
    String title();

    /** Whether it can validate tokens with this algorithm. */
    default boolean supports(Algorithm algorithm) {
        return true;
    }

    /** Whether it has, or documents, a way to trust several issuers. */
    default boolean supportsSeveralIssuers() {
        return false;
    }

    /** Set up once, as an application would do at its start. */
    Validation trusting(Trust trust);

    /** All of them but the floor, Gatehouse first. */
    static List<Contestant> all() {
        return List.of(
                GatehouseContestant.forgetful(),
                new Auth0Contestant(),
                new Jose4jContestant(),
                new JjwtContestant(),
                new SmallRyeContestant(),
                new NimbusContestant(),
                new SpringContestant());
    }
}

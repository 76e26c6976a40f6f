package io.gatehouse.inbound;

import java.util.function.Function;
import java.util.function.Supplier;

/** What a request brought along for the scheme Basic. */
sealed interface PresentedBasic {

    /** Calls the function that fits; every case has to be given. */
    <T> T match(
            Function<? super BasicCredential, ? extends T> present,
            Supplier<? extends T> absent,
            Function<? super String, ? extends T> malformed);

    /** One name and password. */
    record Present(BasicCredential credential) implements PresentedBasic {
        @Override
        public <T> T match(
                Function<? super BasicCredential, ? extends T> present,
                Supplier<? extends T> absent,
                Function<? super String, ? extends T> malformed) {
            return present.apply(credential);
        }
    }

    /** No credential, or one of another scheme. */
    record Absent() implements PresentedBasic {
        @Override
        public <T> T match(
                Function<? super BasicCredential, ? extends T> present,
                Supplier<? extends T> absent,
                Function<? super String, ? extends T> malformed) {
            return absent.get();
        }
    }

    /**
     * Basic was meant, but the header is not well-formed.
     *
     * @param description what is wrong; holds nothing of the header
     */
    record Malformed(String description) implements PresentedBasic {
        @Override
        public <T> T match(
                Function<? super BasicCredential, ? extends T> present,
                Supplier<? extends T> absent,
                Function<? super String, ? extends T> malformed) {
            return malformed.apply(description);
        }
    }
}

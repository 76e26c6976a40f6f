package io.gatehouse.basic;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressBlockTest {

    @ParameterizedTest
    @CsvSource({
        "2001:db8:1:2::1, 2001:db8:1:2:ffff:ffff:ffff:ffff, true",
        "2001:db8:1:2::1, 2001:DB8:1:2:0:0:0:9, true",
        "2001:db8:1:2::1, 2001:db8:1:3::1, false",
        "2001:db8:1:2::1, 2001:db8::1, false",
        "fe80::1%eth0, fe80::2%3, true",
        "fe80::1%eth0, fe80::1, true",
        "::1, ::2, true",
        "203.0.113.7, 203.0.113.8, false",
        "203.0.113.7, ::ffff:203.0.113.7, true",
        "::ffff:203.0.113.7, ::ffff:203.0.113.8, false",
        "::ffff:cb00:7107, 203.0.113.7, true"
    })
    void isANetworkOfIpv6AndAnAddressOfIpv4(String one, String other, boolean same) {
        assertThat(AddressBlock.of(one).equals(AddressBlock.of(other))).isEqualTo(same);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "unknown", "not.an.address", ":", "::ffff:nonsense", "1:2:3", "host:80", "[::1]", "%", ":%"})
    void isTheTextItselfWhereThatIsNoAddress(String text) {
        assertThat(AddressBlock.of(text)).isEqualTo(text);
    }
}

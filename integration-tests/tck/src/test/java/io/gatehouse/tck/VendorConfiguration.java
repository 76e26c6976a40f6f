package io.gatehouse.tck;

import java.util.Map;
import java.util.Properties;

/** What an implementation may configure in its own way, because MicroProfile JWT has no property for it. */
final class VendorConfiguration {

    private static final String ISSUER = "mp.jwt.verify.issuer";

    /** The WARs without any configuration (TCK 1.0 left it to the vendor): the issuer and the key that they bring along. */
    private static final Map<String, String> BASE =
            Map.of(ISSUER, "https://server.example.com", "mp.jwt.verify.publickey.location", "/publicKey.pem");

    private static final Map<String, Map<String, String>> BY_TEST = Map.of(
            // "Group1 maps to Group1MappedRole" is left to the vendor; the tokens say group1.
            "RolesAllowedTest", Map.of("gatehouse.roles.map.group1", "Group1MappedRole"),
            "RolesAllowedSignEncryptTest", Map.of("gatehouse.roles.map.group1", "Group1MappedRole"),
            // A key that MicroProfile JWT deprecates and Gatehouse refuses by default.
            "RsaKeySignatureTest", Map.of("gatehouse.allow-weak-rsa-keys", "true"));

    private VendorConfiguration() {}

    static void complete(Properties config, String test) {
        if (!config.containsKey(ISSUER)) {
            config.putAll(BASE);
        }
        config.putAll(BY_TEST.getOrDefault(test, Map.of()));
    }
}

package io.gatehouse.keys;

import java.util.List;

/**
 * What a file with private keys of ours held. Immutable.
 *
 * @param keys at least one
 * @param skipped for each other entry, what it is and why it is left out, ready for a log
 */
record SigningKeyFileContent(List<SigningKeyPair> keys, List<String> skipped) {
    SigningKeyFileContent {
        keys = List.copyOf(keys);
        skipped = List.copyOf(skipped);
    }
}

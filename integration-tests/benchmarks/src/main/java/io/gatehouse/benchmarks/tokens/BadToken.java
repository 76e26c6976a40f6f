package io.gatehouse.benchmarks.tokens;

import java.util.Random;

/** What is wrong with a token that has to be refused: one thing each, everything else is right. */
public enum BadToken {
    EXPIRED("expired") {
        @Override
        public String of(TokenIssuer issuer, int caller) {
            return issuer.sign(TokenClaims.of(issuer).expired().json(caller));
        }
    },
    FOREIGN_ISSUER("foreign issuer") {
        @Override
        public String of(TokenIssuer issuer, int caller) {
            return issuer.sign(TokenClaims.of(issuer)
                    .withIssuer("https://login.example.net/realms/main")
                    .json(caller));
        }
    },
    FOREIGN_AUDIENCE("foreign audience") {
        @Override
        public String of(TokenIssuer issuer, int caller) {
            return issuer.sign(
                    TokenClaims.of(issuer).withAudience("payments-api").json(caller));
        }
    },
    BAD_SIGNATURE("bad signature") {
        @Override
        public String of(TokenIssuer issuer, int caller) {
            return damaged(issuer.sign(TokenClaims.of(issuer).json(caller)));
        }
    },
    UNKNOWN_KEY("unknown kid") {
        @Override
        public String of(TokenIssuer issuer, int caller) {
            String header = TokenIssuer.header(issuer.algorithm().header(), "key-" + (1000 + caller));
            return issuer.sign(header, TokenClaims.of(issuer).json(caller));
        }
    },
    ALGORITHM_NONE("alg none") {
        @Override
        public String of(TokenIssuer issuer, int caller) {
            String header = TokenIssuer.encode("{\"alg\":\"none\",\"typ\":\"JWT\"}");
            return header + "." + TokenIssuer.encode(TokenClaims.of(issuer).json(caller)) + ".";
        }
    },
    /** Three parts of the right length and alphabet. */
    GARBAGE("garbage") {
        @Override
        public String of(TokenIssuer issuer, int caller) {
            Random random = new Random(caller);
            return letters(random, 90) + "." + letters(random, 840) + "." + letters(random, 342);
        }
    },
    /** 64 KiB of good shape, with a signature that is not good. */
    OVERSIZED("oversized") {
        @Override
        public String of(TokenIssuer issuer, int caller) {
            String claims = TokenClaims.of(issuer).json(caller);
            String padding = "x".repeat(48 * 1024);
            return damaged(issuer.sign(claims.substring(0, claims.length() - 1) + ",\"padding\":\"" + padding + "\"}"));
        }
    };

    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    private final String title;

    BadToken(String title) {
        this.title = title;
    }

    /** What the tables call it. */
    public String title() {
        return title;
    }

    /** Such a token for the caller of this number. */
    public abstract String of(TokenIssuer issuer, int caller);

    /** One bit in the middle of the signature is another. */
    private static String damaged(String token) {
        int place = token.lastIndexOf('.') + 40;
        char other = token.charAt(place) == 'A' ? 'B' : 'A';
        return token.substring(0, place) + other + token.substring(place + 1);
    }

    private static String letters(Random random, int count) {
        StringBuilder letters = new StringBuilder(count);
        for (int i = 0; i < count; i++) {
            letters.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return letters.toString();
    }
}

package io.gatehouse.it.basic;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.security.enterprise.credential.UsernamePasswordCredential;
import jakarta.security.enterprise.identitystore.CredentialValidationResult;
import jakarta.security.enterprise.identitystore.IdentityStore;
import jakarta.security.enterprise.identitystore.Pbkdf2PasswordHash;
import java.util.Set;

/** Goes into the application: another store of its own, with the hash function that Jakarta Security brings along. */
@ApplicationScoped
public class HashingStore implements IdentityStore {

    /** Made by Python's hashlib from "dave's own". */
    private static final String HASH =
            "PBKDF2WithHmacSHA256:2048:AAECAwQFBgcICQoLDA0ODw==:O/o+07MC3ffJa37/yGlw++bLVhnzAqjwfbRZiS0NnAo=";

    @Inject
    Pbkdf2PasswordHash hash;

    public CredentialValidationResult validate(UsernamePasswordCredential credential) {
        boolean dave = credential.getCaller().equals("dave")
                && hash.verify(credential.getPassword().getValue(), HASH);
        return dave
                ? new CredentialValidationResult("dave", Set.of("user"))
                : CredentialValidationResult.NOT_VALIDATED_RESULT;
    }
}

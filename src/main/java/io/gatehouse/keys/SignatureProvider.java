package io.gatehouse.keys;

import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;

import io.gatehouse.log.ApplicationLog;
import java.lang.reflect.InvocationTargetException;
import java.security.GeneralSecurityException;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Security;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Whose cryptography verifies signatures: that of the Java runtime, or of one provider of the Java Cryptography
 * Architecture, which is used as an object and registered nowhere, so that the rest of the server has nothing to do with it.
 *
 * <p>A provider verifies what it was found to verify rightly: before its first signature of an algorithm it has to know a
 * genuine one from others. Where it does not, the runtime verifies that algorithm, and a line in the log says so.
 *
 * <p>Thread-safe.
 */
public final class SignatureProvider {

    private static final System.Logger LOG = ApplicationLog.of(SignatureProvider.class);

    private static final SignatureProvider PLATFORM = new SignatureProvider(null);

    private final @Nullable Provider provider;
    private final Map<SignatureAlgorithm, Optional<SignatureForm>> forms = new ConcurrentHashMap<>();

    private SignatureProvider(@Nullable Provider provider) {
        this.provider = provider;
    }

    /** The Java runtime's own. */
    public static SignatureProvider platform() {
        return PLATFORM;
    }

    static SignatureProvider of(Provider provider) {
        return new SignatureProvider(provider);
    }

    /** The classes of providers by the names that they register under; those with native code first. */
    private static Map<String, String> knownClasses() {
        Map<String, String> known = new LinkedHashMap<>();
        known.put("AmazonCorrettoCryptoProvider", "com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider");
        known.put("Conscrypt", "org.conscrypt.OpenSSLProvider");
        // in pieces: as a whole it would be taken for the class of ours that has this name within the jar
        known.put("BC", String.join(".", "org", "bouncycastle", "jce", "provider", "BouncyCastleProvider"));
        return known;
    }

    /** The short names that are understood, for messages. */
    public static List<String> shortNames() {
        return List.copyOf(knownClasses().keySet());
    }

    /**
     * The provider of this name: one that the server has registered, a short name, or the name of a class; empty where
     * there is none.
     *
     * @throws UnusableProviderException if there is such a class, and it makes no provider
     */
    public static Optional<SignatureProvider> named(String name, ClassLoader application)
            throws UnusableProviderException {
        Provider registered = Security.getProvider(name);
        if (registered != null) {
            return Optional.of(of(registered));
        }
        Class<?> type = load(knownClasses().getOrDefault(name, name), application);
        return type == null ? Optional.empty() : Optional.of(of(make(type)));
    }

    /** The first provider with native code that is there; the platform where none is. */
    public static SignatureProvider nativeOne(ClassLoader application) {
        for (String name : List.of("AmazonCorrettoCryptoProvider", "Conscrypt")) {
            try {
                Optional<SignatureProvider> found = named(name, application);
                if (found.isPresent()) {
                    return found.get();
                }
            } catch (UnusableProviderException unusable) {
                LOG.log(WARNING, "GATE0130 signatures are not verified by {0}: {1}", name, unusable.reason());
            }
        }
        LOG.log(INFO, "GATE0134 no provider with native code is there: the Java runtime verifies signatures");
        return PLATFORM;
    }

    private static @Nullable Class<?> load(String className, ClassLoader application) {
        for (ClassLoader loader : List.of(application, SignatureProvider.class.getClassLoader())) {
            try {
                return Class.forName(className, false, loader);
            } catch (ClassNotFoundException | LinkageError absent) {
                // perhaps the other one has it
            }
        }
        return null;
    }

    private static Provider make(Class<?> type) throws UnusableProviderException {
        if (!Provider.class.isAssignableFrom(type)) {
            throw new UnusableProviderException("its class is no java.security.Provider");
        }
        try {
            return (Provider) type.getDeclaredConstructor().newInstance();
        } catch (InvocationTargetException failed) {
            throw new UnusableProviderException("it cannot be made: " + failed.getCause());
        } catch (ReflectiveOperationException | LinkageError failed) {
            throw new UnusableProviderException("it cannot be made: " + failed);
        }
    }

    /** What the provider calls itself. */
    public String name() {
        return provider == null ? "the Java runtime" : provider.getName() + " " + provider.getVersionStr();
    }

    /** Whether it is that of the Java runtime. */
    public boolean isPlatform() {
        return provider == null;
    }

    /** How to verify signatures with this key. */
    SignatureForm.Prepared prepare(SignatureAlgorithm algorithm, PublicKey key) {
        Provider own = provider;
        SignatureForm form = own == null
                ? null
                : forms.computeIfAbsent(algorithm, this::tried).orElse(null);
        if (own != null && form != null) {
            try {
                return form.prepare(own, key);
            } catch (GeneralSecurityException | RuntimeException notTaken) {
                LOG.log(
                        WARNING,
                        "GATE0131 a key is not taken by {0}, and its signatures are verified by the Java runtime: {1}",
                        name(),
                        notTaken.getClass().getName());
            }
        }
        return SignatureForm.usual(algorithm).withPlatform(key);
    }

    private Optional<SignatureForm> tried(SignatureAlgorithm algorithm) {
        Provider own = provider;
        for (SignatureForm form : SignatureForm.possible(algorithm)) {
            if (own != null && KnownAnswer.of(algorithm).isGivenBy(own, form)) {
                return Optional.of(form);
            }
        }
        LOG.log(
                WARNING,
                "GATE0132 {0} signatures are verified by the Java runtime: {1} does not tell a genuine one from others",
                algorithm.headerName(),
                name());
        return Optional.empty();
    }
}

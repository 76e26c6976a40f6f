package io.gatehouse.benchmarks.contestants;

import io.gatehouse.keys.SignatureProvider;
import io.gatehouse.keys.UnusableProviderException;
import java.lang.reflect.InvocationTargetException;
import java.security.Provider;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A provider of cryptography that is on the class path, and works on this machine.
 *
 * @param jca the provider itself, for the bare signature
 * @param ofGatehouse as {@code gatehouse.crypto.provider} would take it
 */
public record CryptoProvider(Provider jca, SignatureProvider ofGatehouse) {

    private static final List<String> CLASSES = List.of(
            "com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider",
            "org.conscrypt.OpenSSLProvider",
            "org.bouncycastle.jce.provider.BouncyCastleProvider");

    /**
     * All that are there.
     *
     * @param missing is told why one is not
     */
    public static List<CryptoProvider> present(Consumer<String> missing) {
        return CLASSES.stream().flatMap(name -> named(name, missing).stream()).toList();
    }

    private static Optional<CryptoProvider> named(String className, Consumer<String> missing) {
        ClassLoader loader = CryptoProvider.class.getClassLoader();
        try {
            Provider jca = (Provider) Class.forName(className, true, loader)
                    .getDeclaredConstructor()
                    .newInstance();
            return SignatureProvider.named(className, loader).map(ofGatehouse -> new CryptoProvider(jca, ofGatehouse));
        } catch (InvocationTargetException unusable) {
            missing.accept("without " + className + ": " + unusable.getCause());
        } catch (ReflectiveOperationException | LinkageError | UnusableProviderException unusable) {
            missing.accept("without " + className + ": " + unusable);
        }
        return Optional.empty();
    }
}

package io.gatehouse.config;

import static java.lang.System.Logger.Level.DEBUG;
import static java.lang.System.Logger.Level.ERROR;
import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;

import io.gatehouse.attachment.AttachmentExtension;
import io.gatehouse.authorization.AuthenticationMode;
import io.gatehouse.inbound.IdentityStores;
import io.gatehouse.keys.KeyPolicy;
import io.gatehouse.keys.SignatureAlgorithm;
import io.gatehouse.log.ApplicationLog;
import io.gatehouse.mpjwt.MicroProfileJwtExtension;
import io.gatehouse.outbound.TokenStorage;
import io.gatehouse.refusal.BearerChallenge;
import io.gatehouse.roles.RoleMapper;
import io.gatehouse.token.AudienceRule;
import io.gatehouse.token.ClaimsPolicy;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.spi.AfterBeanDiscovery;
import jakarta.enterprise.inject.spi.AfterDeploymentValidation;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.BeforeShutdown;
import jakarta.enterprise.inject.spi.CDI;
import jakarta.enterprise.inject.spi.DeploymentException;
import jakarta.enterprise.inject.spi.Extension;
import jakarta.enterprise.inject.spi.ProcessBean;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jspecify.annotations.Nullable;

/**
 * Reads the configuration when the application is deployed, and stops the deployment where it cannot be used. Found by
 * CDI; one instance per application.
 */
public class GatehouseExtension implements Extension {

    private static final System.Logger LOG = ApplicationLog.of(GatehouseExtension.class);

    private static final int MOST_ANNOUNCED = 20;

    /** Ten to forty times as slow as RS256, where no native code verifies them. */
    private static final Set<SignatureAlgorithm> SLOW = Set.of(
            SignatureAlgorithm.ES256,
            SignatureAlgorithm.ES384,
            SignatureAlgorithm.ES512,
            SignatureAlgorithm.EDDSA,
            SignatureAlgorithm.ED25519,
            SignatureAlgorithm.ED448);

    private static final Map<AuthenticationMode, String> MODES = Map.of(
            AuthenticationMode.AUTO, "auto: the container, or a filter of ours where it does not",
            AuthenticationMode.CONTAINER, "container",
            AuthenticationMode.JAXRS, "jaxrs: a filter of ours");

    private final IdentityStores identityStores;

    private volatile @Nullable Gatehouse gatehouse;

    private volatile boolean contextsMayTravel = true;
    private volatile boolean callerIsKept = true;

    /** Stops the deployment where the server lacks what nothing of Gatehouse can do without. */
    public GatehouseExtension() {
        RequiredApi.missingFrom(GatehouseExtension.class.getClassLoader()).ifPresent(problem -> {
            LOG.log(ERROR, problem);
            throw new IllegalStateException(problem);
        });
        identityStores = new IdentityStores();
    }

    void processBean(@Observes ProcessBean<?> event) {
        identityStores.note(event.getBean());
    }

    /**
     * Beans have to be there before the configuration is read as a whole: of it, only what says which ones. What is wrong
     * with it is told when it is read.
     */
    void afterBeanDiscovery(@Observes AfterBeanDiscovery event) {
        if (!OptionalApi.HEALTH.isSeenBy(GatehouseExtension.class.getClassLoader())) {
            return;
        }
        try {
            ClassLoader application = Thread.currentThread().getContextClassLoader();
            GatehouseConfigReader reader = new GatehouseConfigReader(properties(application), application);
            HealthMode mode = reader.health();
            if (mode != HealthMode.OFF) {
                ReadinessChecks.add(
                        event, mode, reader.issuerNames(), issuer -> gatehouse().status(issuer));
            }
        } catch (NoClassDefFoundError missing) {
            LOG.log(DEBUG, "GATE0934 there is no check of readiness without MicroProfile Config");
        }
    }

    private static MicroProfileProperties properties(ClassLoader application) {
        return new MicroProfileProperties(ConfigProvider.getConfig(application), System.getenv());
    }

    void afterDeploymentValidation(@Observes AfterDeploymentValidation event, BeanManager beanManager) {
        identityStores.problem(beanManager).ifPresent(problem -> stop(event, problem));
        ClassLoader loader = GatehouseExtension.class.getClassLoader();
        contextsMayTravel =
                OptionalApi.CONTEXT_PROPAGATION.isSeenBy(loader) || OptionalApi.CONCURRENCY.isSeenBy(loader);
        callerIsKept = contextsMayTravel
                || beanManager.getExtension(MicroProfileJwtExtension.class).isTokenInjected();
        try {
            start(defaultRealm(beanManager.getExtension(MicroProfileJwtExtension.class)), beanManager);
            announceRoleMappers(beanManager);
            beanManager
                    .getExtension(AttachmentExtension.class)
                    .attach(gatehouse().outboundClients())
                    .forEach(problem -> stop(event, problem));
        } catch (GatehouseConfigException misconfigured) {
            LOG.log(ERROR, misconfigured.getMessage());
            event.addDeploymentProblem(misconfigured);
        } catch (NoClassDefFoundError missing) {
            String message = "GATE0002 Gatehouse needs MicroProfile Config, and this server does not offer it: "
                    + missing.getMessage();
            LOG.log(ERROR, message);
            event.addDeploymentProblem(new IllegalStateException(message, missing));
        }
    }

    private static void stop(AfterDeploymentValidation event, String problem) {
        LOG.log(ERROR, problem);
        event.addDeploymentProblem(new DeploymentException(problem));
    }

    /** What {@code @LoginConfig} says, unless the configuration says otherwise. */
    private static String defaultRealm(MicroProfileJwtExtension application) {
        return application.realmName().filter(BearerChallenge::isAllowed).orElse(GatehouseConfigReader.DEFAULT_REALM);
    }

    private void start(String defaultRealm, BeanManager beanManager) {
        ClassLoader application = Thread.currentThread().getContextClassLoader();
        GatehouseConfig config = new GatehouseConfigReader(properties(application), application, defaultRealm).read();
        Clock clock = Clock.systemUTC();
        gatehouse = new Gatehouse(
                config,
                clock,
                new ApplicationParts(
                        ObservedAudit.of(beanManager, clock),
                        new CallersToken(),
                        GatehouseExtension::tokenStorageOfApplication,
                        MeasuringLibraries.of(beanManager),
                        identityStores.areOursAlone(beanManager)));
        warnOfMisspeltVariables(config);
        announce(config);
        if (config.selfCheck()) {
            gatehouse().checkItself();
        }
    }

    private static void announce(GatehouseConfig config) {
        // A line for each of a thousand issuers tells nobody anything.
        config.issuers().stream().limit(MOST_ANNOUNCED).forEach(GatehouseExtension::announce);
        if (config.issuers().size() > MOST_ANNOUNCED) {
            LOG.log(
                    INFO,
                    "GATE0009 {0} further issuers are trusted",
                    config.issuers().size() - MOST_ANNOUNCED);
        }
        announceProvider(config);
        PermissionConfig permissions = config.permissions();
        if (permissions != null) {
            LOG.log(
                    INFO,
                    "GATE0809 {0} is asked about permissions ({1})",
                    permissions.url(),
                    permissions.provider().name().toLowerCase(Locale.ROOT));
        }
        announce(config.basic());
        announce(config.outbound());
        LOG.log(INFO, "GATE0701 the callers of JAX-RS resources are authenticated by: {0}", MODES.get(config.mode()));
    }

    /** One for all issuers. */
    private static void announceProvider(GatehouseConfig config) {
        List<KeyPolicy> policies = config.issuers().stream()
                .map(IssuerConfig::local)
                .filter(Objects::nonNull)
                .map(LocalValidation::keyPolicy)
                .toList();
        if (policies.stream().anyMatch(policy -> !policy.provider().isPlatform())) {
            LOG.log(
                    INFO,
                    "GATE0133 signatures are verified by {0}",
                    policies.get(0).provider().name());
        } else if (policies.stream()
                .flatMap(policy -> policy.allowed().stream())
                .anyMatch(SLOW::contains)) {
            LOG.log(
                    INFO,
                    "GATE0135 the Java runtime is slow to verify elliptic curve signatures, which are configured: see {0}",
                    ConfigProperty.CRYPTO_PROVIDER.propertyName());
        }
    }

    private static void announce(IssuerConfig issuer) {
        RemoteValidation remote = issuer.remote();
        LocalValidation local = issuer.local();
        if (local != null && issuer.mode().verifiesHere()) {
            LOG.log(
                    INFO,
                    "GATE0003 JWTs of {0} are verified here (issuer \"{1}\")",
                    issuer.issuer().describe(),
                    issuer.name());
        }
        if (remote != null) {
            LOG.log(
                    INFO,
                    "GATE0005 {0} is asked about tokens ({1}; issuer \"{2}\")",
                    remote.endpoint(),
                    issuer.mode().name().toLowerCase(Locale.ROOT),
                    issuer.name());
        }
        if (remote != null) {
            announceAnswersWithoutAudience(remote.claims(), issuer.name());
        }
        boolean audienceUnchecked = (local != null && local.claims().audience() instanceof AudienceRule.Any)
                || (remote != null && remote.claims().audience() instanceof AudienceRule.Any);
        if (audienceUnchecked && issuer.name().equals(GatehouseConfigReader.DEFAULT_ISSUER_NAME)) {
            LOG.log(
                    WARNING,
                    "GATE0004 mp.jwt.verify.audiences is not set: a token that was issued for any other application"
                            + " is accepted here as well. Set it to the audience of this application.");
        }
    }

    private static void announceRoleMappers(BeanManager beanManager) {
        for (Bean<?> mapper : beanManager.getBeans(RoleMapper.class)) {
            LOG.log(
                    INFO,
                    "GATE0603 {0} of the application says which roles callers have, beside the configuration",
                    mapper.getBeanClass().getName());
        }
    }

    private static Optional<TokenStorage> tokenStorageOfApplication() {
        Instance<TokenStorage> found = CDI.current().select(TokenStorage.class);
        return found.isUnsatisfied() ? Optional.empty() : Optional.of(found.get());
    }

    private static void announce(OutboundSettings outbound) {
        outbound.clients().stream()
                .limit(MOST_ANNOUNCED)
                .forEach(client -> LOG.log(
                        INFO,
                        "GATE0447 the client \"{0}\" of the configuration calls {1} ({2})",
                        client.name(),
                        client.targets(),
                        client.grant().text()));
    }

    private static void announceAnswersWithoutAudience(ClaimsPolicy answers, String issuer) {
        String claim = answers.audience().claim();
        if (answers.audience() instanceof AudienceRule.OneOf
                && !answers.requiredClaims().contains(claim)) {
            LOG.log(
                    INFO,
                    "GATE0010 introspection answers of issuer \"{0}\" without \"{1}\" are taken, whomever the token was"
                            + " issued for. Where the server always says it, add it to {2}",
                    issuer,
                    claim,
                    ConfigProperty.INTROSPECTION_REQUIRED_CLAIMS.nameFor(issuer).template());
        }
    }

    private static void announce(@Nullable BasicSettings basic) {
        if (basic != null) {
            LOG.log(INFO, "GATE0007 Basic credentials are taken as well as tokens");
        }
        if (basic != null && basic.hasPlainPasswords()) {
            LOG.log(
                    WARNING,
                    "GATE0008 passwords are configured in plain text: they serve for calls from this machine only."
                            + " Configure their hashes anywhere else.");
        }
    }

    /** No reason to stop: others may use the prefix for variables of their own. */
    private static void warnOfMisspeltVariables(GatehouseConfig config) {
        Set<String> issuers = config.issuers().stream().map(IssuerConfig::name).collect(Collectors.toSet());
        Set<String> clients = Stream.concat(
                        config.outbound().clients().stream().map(ClientConfig::name),
                        config.outbound().unusable().stream().map(UnusableClient::name))
                .collect(Collectors.toSet());
        System.getenv().keySet().stream()
                .filter(variable -> ConfigProperty.isMisspeltVariable(variable, issuers, clients))
                .forEach(variable -> LOG.log(
                        WARNING, "GATE0006 the environment variable {0} sets no property of Gatehouse", variable));
    }

    void beforeShutdown(@Observes BeforeShutdown event, BeanManager beanManager) {
        Gatehouse running = gatehouse;
        if (running != null) {
            running.close();
        }
        OpenLibertyMemory.forget(beanManager);
    }

    /**
     * Whether CDI's request context may get to another thread, which may serve the request of somebody else meanwhile. Settled
     * when the application is deployed, as is {@link #isCallerKept}.
     */
    boolean mayContextsTravel() {
        return contextsMayTravel;
    }

    /** Whether that context has to hold the caller; else it is enough to look into the request when somebody asks. */
    boolean isCallerKept() {
        return callerIsKept;
    }

    Gatehouse gatehouse() {
        Gatehouse running = gatehouse;
        if (running == null) {
            throw new IllegalStateException("Gatehouse was used before the deployment was validated");
        }
        return running;
    }
}

package io.gatehouse.config;

import io.gatehouse.authorization.AuthenticationMode;
import io.gatehouse.authorization.FreshnessCheck;
import io.gatehouse.authorization.PermissionCheck;
import io.gatehouse.basic.ConfiguredUsers;
import io.gatehouse.basic.RegisteredClients;
import io.gatehouse.explanation.RefusalLedger;
import io.gatehouse.inbound.BasicAuthentication;
import io.gatehouse.inbound.BearerTokenResolver;
import io.gatehouse.inbound.CallerNotice;
import io.gatehouse.inbound.CallerPrincipalFactory;
import io.gatehouse.inbound.GroupLookup;
import io.gatehouse.inbound.LoginMemory;
import io.gatehouse.inbound.PrincipalOfRequest;
import io.gatehouse.inbound.PublishedJwkSet;
import io.gatehouse.inbound.RefusalList;
import io.gatehouse.inbound.RequestAuthentication;
import io.gatehouse.inbound.RequestContexts;
import io.gatehouse.inbound.ResourceMetadata;
import io.gatehouse.inbound.WhoAmI;
import io.gatehouse.mpjwt.CallerAtHand;
import io.gatehouse.mpjwt.CallerJsonWebToken;
import io.gatehouse.mpjwt.RequestCaller;
import io.gatehouse.permission.PermissionDecider;
import io.gatehouse.refusal.BearerChallenge;
import io.gatehouse.roles.CallerRoles;
import io.gatehouse.roles.RoleMapper;
import io.gatehouse.token.TokenValidator;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import org.jspecify.annotations.Nullable;

/** Hands the parts of {@link Gatehouse} to CDI. */
@ApplicationScoped
public class GatehouseBeans {

    @Inject
    GatehouseExtension extension;

    @Inject
    Instance<RoleMapper> roleMappers;

    @Produces
    TokenValidator tokenValidator() {
        return extension.gatehouse().tokenValidator();
    }

    @Produces
    BearerTokenResolver tokenResolver() {
        return extension.gatehouse().tokenResolver();
    }

    @Produces
    BearerChallenge challenge() {
        return extension.gatehouse().challenge();
    }

    @Produces
    AuthenticationMode mode() {
        return extension.gatehouse().mode();
    }

    @Produces
    ResourceMetadata resourceMetadata() {
        return extension.gatehouse().resourceMetadata();
    }

    @Produces
    CallerNotice callerNotice(RequestCaller caller) {
        return extension.isCallerKept() ? caller::set : principal -> {};
    }

    /** Either way, never both: what is kept belongs to whom it was kept for, on whichever thread. */
    @Produces
    CallerAtHand callerAtHand(PrincipalOfRequest caller) {
        return extension.isCallerKept() ? () -> null : caller::principal;
    }

    @Produces
    RequestContexts requestContexts() {
        return extension.mayContextsTravel() ? RequestContexts.TRAVEL : RequestContexts.STAY;
    }

    @Produces
    FreshnessCheck freshnessCheck() {
        return extension.gatehouse().freshnessCheck();
    }

    @Produces
    PermissionDecider permissionDecider() {
        return extension.gatehouse().permissionDecider();
    }

    /** The decider is injected, because the application may have its own. */
    @Produces
    PermissionCheck permissionCheck(PermissionDecider decider) {
        return new PermissionEnforcement(decider, extension.gatehouse().challenge());
    }

    @Produces
    GroupLookup groupLookup() {
        return extension.gatehouse().groupLookup();
    }

    @Produces
    LoginMemory logins() {
        return extension.gatehouse().logins();
    }

    @Produces
    BasicAuthentication basicAuthentication() {
        return extension.gatehouse().basicAuthentication();
    }

    @Produces
    WhoAmI whoAmI(RequestAuthentication authentication) {
        return extension.gatehouse().whoAmI(authentication);
    }

    @Produces
    PublishedJwkSet publishedJwkSet() {
        return extension.gatehouse().publishedJwkSet();
    }

    @Produces
    RefusalLedger refusalLedger() {
        return extension.gatehouse().ledger();
    }

    @Produces
    RefusalList refusalList(RequestAuthentication authentication) {
        return extension.gatehouse().refusalList(authentication);
    }

    @Produces
    ConfiguredUsers configuredUsers() {
        return extension.gatehouse().configuredUsers();
    }

    @Produces
    @Nullable RegisteredClients registeredClients() {
        return extension.gatehouse().registeredClients();
    }

    /** Not a bean of type {@code RoleMapper}: those are the application's. */
    @Produces
    CallerRoles callerRoles() {
        return extension.gatehouse().callerRoles(new ApplicationBeans<>(roleMappers));
    }

    @Produces
    CallerPrincipalFactory callerPrincipalFactory() {
        return CallerJsonWebToken::of;
    }
}

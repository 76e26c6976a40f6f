package io.gatehouse.it;

/** A program that tests need besides Java. */
enum Program {
    DJANGO_OAUTH_TOOLKIT("Django OAuth Toolkit (Debian: python3-django-oauth-toolkit)") {
        @Override
        boolean isInstalled() {
            return DjangoOAuthToolkit.isInstalled();
        }
    },
    KEYCLOAK("Keycloak (unpacked before the integration tests)") {
        @Override
        boolean isInstalled() {
            return Keycloak.isInstalled();
        }
    },
    OIDC_PROVIDER("oidc-provider (node, and the npm package in target/oidc-provider; .ci/run installs both)") {
        @Override
        boolean isInstalled() {
            return OidcProvider.isInstalled();
        }
    };

    private final String description;

    Program(String description) {
        this.description = description;
    }

    abstract boolean isInstalled();

    @Override
    public String toString() {
        return description;
    }
}

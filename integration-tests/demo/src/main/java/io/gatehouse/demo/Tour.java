package io.gatehouse.demo;

import io.gatehouse.demo.issuer.EmbeddedIssuer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.config.Config;

/** The demo as lines for a POSIX shell, each with the answer to expect. */
@ApplicationScoped
public class Tour {

    private static final String OWN_ISSUER = """
            # --- Gatehouse demo, at {url} --------------------------------------------
            # Lines for a POSIX shell, each with the answer to expect. Once more: curl -s {url}/

            # Alice has the role user, root has user and admin. Tokens live for five minutes.
            ALICE=$(curl -s -d grant_type=password -d username=alice -d password=alice {issuer}/token | sed 's/.*"access_token":"\\([^"]*\\)".*/\\1/')
            ROOT=$(curl -s -d grant_type=password -d username=root -d password=root {issuer}/token | sed 's/.*"access_token":"\\([^"]*\\)".*/\\1/')

            curl -i {url}/api/public                                     # 200
            curl -i {url}/api/hello                                      # 401 Bearer realm
            curl -i {url}/api/admin                                      # 401 Bearer realm

            curl -i -H "Authorization: Bearer $ALICE" {url}/api/public   # 200
            curl -i -H "Authorization: Bearer $ALICE" {url}/api/hello    # 200 Hello alice.
            curl -i -H "Authorization: Bearer $ALICE" {url}/api/me       # 200 name and groups
            curl -i -H "Authorization: Bearer $ALICE" {url}/whoami       # 200 display_name and groups
            curl -i -H "Authorization: Bearer $ALICE" {url}/api/errand   # 200 They said: Hello demo.
            curl -i -H "Authorization: Bearer $ALICE" {url}/api/admin    # 403

            curl -i -H "Authorization: Bearer $ROOT" {url}/api/hello     # 200 Hello root.
            curl -i -H "Authorization: Bearer $ROOT" {url}/api/admin     # 200
            curl -i -H "Authorization: Bearer $ROOT" {url}/api/denied    # 403

            curl -i -H "Authorization: Bearer ${ROOT}x" {url}/api/admin  # 401 error="invalid_token"
            curl -i -H "Authorization: Bearer ${ROOT}x" {url}/api/public # 401 error="invalid_token"
            # ------------------------------------------------------------------------------------------
            """;

    private static final String OTHER_ISSUER = """
            # --- Gatehouse demo, at {url} --------------------------------------------
            # It trusts tokens of {trusted} for {audiences}.
            TOKEN=one-of-these

            curl -i {url}/api/public                                     # 200
            curl -i {url}/api/hello                                      # 401 Bearer realm
            curl -i -H "Authorization: Bearer $TOKEN" {url}/api/hello    # 200 with the role user, else 403
            curl -i -H "Authorization: Bearer $TOKEN" {url}/api/admin    # 200 with the role admin, else 403
            curl -i -H "Authorization: Bearer ${TOKEN}x" {url}/api/hello # 401 error="invalid_token"
            # ------------------------------------------------------------------------------------------
            """;

    @Inject
    Config config;

    @Inject
    EmbeddedIssuer issuer;

    public String text() {
        return (issuer.isTrusted() ? OWN_ISSUER : OTHER_ISSUER)
                .replace("{url}", value("demo.url"))
                .replace("{issuer}", issuer.issuer())
                .replace("{trusted}", value("mp.jwt.verify.issuer"))
                .replace("{audiences}", value("mp.jwt.verify.audiences"));
    }

    private String value(String property) {
        return config.getOptionalValue(property, String.class).orElse("(not configured)");
    }
}

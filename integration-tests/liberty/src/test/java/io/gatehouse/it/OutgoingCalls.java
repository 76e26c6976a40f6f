package io.gatehouse.it;

import io.gatehouse.it.outgoing.ShopResource;
import java.util.HashMap;
import java.util.Map;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** The application {@code shop}, whose resources call those of the application {@code orders}; Gatehouse guards both. */
final class OutgoingCalls {

    /** Where the shop has its key. */
    static final String KEY = "classpath:shop.pem";

    private final Map<String, String> properties;

    private OutgoingCalls(Map<String, String> properties) {
        this.properties = properties;
    }

    /** A shop whose own callers are let in so. */
    static OutgoingCalls guardedBy(Map<String, String> properties) {
        return new OutgoingCalls(new HashMap<>(properties));
    }

    /** This shop with one more client: pairs of properties and values. */
    OutgoingCalls with(String client, String... settings) {
        String prefix = "gatehouse.clients." + client + '.';
        properties.put(prefix + "targets", Demo.at("").toString());
        for (int i = 0; i < settings.length; i += 2) {
            properties.put(prefix + settings[i], settings[i + 1]);
        }
        return this;
    }

    WebArchive shop(TestKey key) {
        String orders = Demo.at("/orders/api").toString();
        properties.put("annotated-orders/mp-rest/url", orders);
        properties.put("configured-orders/mp-rest/url", orders);
        return Demo.war("shop", properties)
                .addPackage(ShopResource.class.getPackage())
                .addAsResource(new StringAsset(key.pem()), "shop.pem");
    }
}

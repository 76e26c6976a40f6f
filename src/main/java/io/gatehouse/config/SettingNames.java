package io.gatehouse.config;

import org.jspecify.annotations.Nullable;

/** Says under which name something is set, for whoever has to change it. Implementations are thread-safe. */
@FunctionalInterface
interface SettingNames {

    /**
     * The name.
     *
     * @param issuer whose property; null where none is known
     */
    String nameOf(ConfigProperty property, @Nullable String issuer);

    /** The names in the documentation. */
    static SettingNames documented() {
        return (property, issuer) -> property.propertyName();
    }

    /** The name under which it is set for the issuer, or else should be. */
    static SettingNames of(PropertyValues values, boolean hasDefaultIssuer) {
        return (property, issuer) -> {
            if (issuer != null) {
                return values.of(issuer, Preset.none()).name(property);
            }
            boolean named = property.isPerIssuer() && !property.isInherited() && !hasDefaultIssuer;
            return named ? property.nameFor("<issuer>").template() : property.propertyName();
        };
    }
}

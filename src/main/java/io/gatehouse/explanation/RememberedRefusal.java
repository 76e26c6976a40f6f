package io.gatehouse.explanation;

import io.gatehouse.refusal.Refusal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A refusal that somebody may ask about later. It holds nothing of the token but what the log may. Immutable.
 *
 * @param explanation null where more were refused in one second than are explained
 */
record RememberedRefusal(
        Refusal refusal, Instant at, @Nullable Explanation explanation) {

    Map<String, Object> toJson() {
        Explanation told = explanation == null ? Explainer.plain(refusal.code()) : explanation;
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("at", at.truncatedTo(ChronoUnit.MILLIS).toString());
        members.put("correlation_id", String.valueOf(refusal.correlationId()));
        members.put("code", refusal.code().text());
        members.put("status", refusal.status());
        members.put("reason", told.reason());
        members.put("remedy", told.remedy());
        if (!told.token().isEmpty()) {
            members.put("token", told.token());
        }
        return members;
    }
}

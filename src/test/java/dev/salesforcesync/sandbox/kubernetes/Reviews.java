package dev.salesforcesync.sandbox.kubernetes;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Answers who may do what: everybody everything. */
final class Reviews {

    private static final List<String> ALL = List.of("*");

    private Reviews() {}

    static ObjectNode allowAll(ApiRequest request) {
        // kubectl asks in protobuf, and needs back nothing of what it asked.
        ObjectNode review =
                request.contentType().contains("protobuf") ? Json.object() : Json.parseObject(request.body());
        ObjectNode status = review.putObject("status");
        boolean rules = request.path().endsWith("/selfsubjectrulesreviews");
        review.put("apiVersion", "authorization.k8s.io/v1")
                .put("kind", rules ? "SelfSubjectRulesReview" : "SelfSubjectAccessReview");
        if (rules) {
            ObjectNode rule = status.putArray("resourceRules").addObject();
            for (String field : List.of("verbs", "apiGroups", "resources")) {
                rule.set(field, Json.arrayOf(ALL));
            }
            ObjectNode other = status.putArray("nonResourceRules").addObject();
            other.set("verbs", Json.arrayOf(ALL));
            other.set("nonResourceURLs", Json.arrayOf(ALL));
            status.put("incomplete", false);
        } else {
            status.put("allowed", true);
        }
        return review;
    }
}

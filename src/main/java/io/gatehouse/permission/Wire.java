package io.gatehouse.permission;

import io.gatehouse.http.FetchResult;
import io.gatehouse.http.JsonBody;
import java.net.URI;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** The part of the HTTP client that is needed here. Each exchange is given up when its answer is wanted no more. */
interface Wire {

    FetchResult get(URI uri, Map<String, String> headers, BooleanSupplier wanted);

    FetchResult post(URI uri, JsonBody json, Map<String, String> headers, BooleanSupplier wanted);
}

package io.gatehouse.http;

import jakarta.ws.rs.core.MediaType;

/** What a POST carries, as it goes over the wire. It is a secret as often as not. */
@SuppressWarnings("ArrayRecordComponent") // bytes on their way to a socket: nobody compares them
record RequestBody(byte[] bytes, MediaType mediaType) {

    static RequestBody of(FormBody form) {
        return new RequestBody(form.bytes(), MediaType.APPLICATION_FORM_URLENCODED_TYPE);
    }

    static RequestBody of(JsonBody json) {
        return new RequestBody(json.bytes(), MediaType.APPLICATION_JSON_TYPE);
    }

    @Override
    public String toString() {
        return "RequestBody[" + bytes.length + " bytes of " + mediaType.getSubtype() + "]";
    }
}

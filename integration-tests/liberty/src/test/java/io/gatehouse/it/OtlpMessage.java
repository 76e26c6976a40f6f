package io.gatehouse.it;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A message of the OpenTelemetry protocol as it came, in Protocol Buffers: its fields, read by number. What is absent has the
 * value zero, as in proto3.
 */
final class OtlpMessage {

    private static final int VARINT = 0;
    private static final int FIXED_64 = 1;
    private static final int BYTES = 2;
    private static final int FIXED_32 = 5;

    /** Of {@code KeyValue}, and of the {@code AnyValue} in it. */
    private static final int KEY = 1;

    private static final int VALUE = 2;
    private static final int STRING_VALUE = 1;

    private record Field(int number, long value, ByteBuffer bytes) {}

    private final List<Field> fields = new ArrayList<>();

    private OtlpMessage(ByteBuffer bytes) {
        ByteBuffer rest = bytes.slice().order(ByteOrder.LITTLE_ENDIAN);
        while (rest.hasRemaining()) {
            fields.add(field(rest));
        }
    }

    static OtlpMessage read(byte[] bytes) {
        return new OtlpMessage(ByteBuffer.wrap(bytes));
    }

    private static Field field(ByteBuffer rest) {
        long tag = varint(rest);
        int number = (int) (tag >>> 3);
        return switch ((int) (tag & 7)) {
            case VARINT -> new Field(number, varint(rest), ByteBuffer.allocate(0));
            case FIXED_64 -> new Field(number, rest.getLong(), ByteBuffer.allocate(0));
            case FIXED_32 -> new Field(number, rest.getInt(), ByteBuffer.allocate(0));
            case BYTES -> new Field(number, 0, bytes(rest));
            default -> throw new AssertionError("not a message in Protocol Buffers");
        };
    }

    private static ByteBuffer bytes(ByteBuffer rest) {
        int length = (int) varint(rest);
        ByteBuffer bytes = rest.slice(rest.position(), length);
        rest.position(rest.position() + length);
        return bytes;
    }

    private static long varint(ByteBuffer rest) {
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            byte next = rest.get();
            value |= (next & 0x7FL) << shift;
            if (next >= 0) {
                return value;
            }
        }
    }

    private List<Field> all(int number) {
        return fields.stream().filter(field -> field.number() == number).toList();
    }

    /** The messages that are found by going down these fields, one after the other. */
    List<OtlpMessage> messages(int... path) {
        List<OtlpMessage> found = List.of(this);
        for (int number : path) {
            found = found.stream()
                    .flatMap(message -> message.all(number).stream())
                    .map(field -> new OtlpMessage(field.bytes()))
                    .toList();
        }
        return found;
    }

    String text(int number) {
        return all(number).stream()
                .map(field ->
                        StandardCharsets.UTF_8.decode(field.bytes().duplicate()).toString())
                .findFirst()
                .orElse("");
    }

    String hex(int number) {
        return all(number).stream()
                .map(field -> {
                    byte[] bytes = new byte[field.bytes().remaining()];
                    field.bytes().duplicate().get(bytes);
                    return HexFormat.of().formatHex(bytes);
                })
                .findFirst()
                .orElse("");
    }

    long integer(int number) {
        return all(number).stream().mapToLong(Field::value).findFirst().orElse(0);
    }

    double real(int number) {
        return Double.longBitsToDouble(integer(number));
    }

    /** The attributes with text for a value, by name. */
    Map<String, String> attributes(int number) {
        return messages(number).stream()
                .collect(Collectors.toMap(
                        attribute -> attribute.text(KEY), attribute -> attribute.messages(VALUE).stream()
                                .map(value -> value.text(STRING_VALUE))
                                .findFirst()
                                .orElse("")));
    }
}

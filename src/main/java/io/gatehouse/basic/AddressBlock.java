package io.gatehouse.basic;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/**
 * What counts as one place where guesses come from: an IPv4 address, but the first 64 bits of an IPv6 address, because
 * whoever has one of these has them all (RFC 4291 §2.5.4). Nothing is looked up. Pure.
 */
final class AddressBlock {

    private static final int NETWORK_BYTES = 8;

    private AddressBlock() {}

    /** The block of an address as the container writes it; what is no IPv6 address stands for itself. */
    static String of(String address) {
        if (address.indexOf(':') < 0) {
            return address;
        }
        try {
            // In brackets it is an address or nothing, and never a name to look up. The zone is of this host only.
            InetAddress parsed = InetAddress.getByName("[" + address.replaceFirst("%.*", "") + "]");
            return parsed instanceof Inet6Address ? network(parsed) : parsed.getHostAddress();
        } catch (UnknownHostException notAnAddress) {
            return address;
        }
    }

    private static String network(InetAddress address) {
        byte[] bytes = address.getAddress();
        Arrays.fill(bytes, NETWORK_BYTES, bytes.length, (byte) 0);
        try {
            return InetAddress.getByAddress(bytes).getHostAddress() + "/64";
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException("16 bytes are an address", impossible);
        }
    }
}

package dev.weir.identity;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HexFormat;

/** Who may be behind an address. */
final class Addresses {

    private static final int NETWORK_BYTES = 8;
    private static final int LONGEST = 64;

    private Addresses() {}

    /**
     * What counts as one sender: an IPv4 address, or the first 64 bits of an IPv6 address, because its holder chooses
     * the rest freely. Never asks a name server.
     */
    static String network(String address) {
        String shown = address.length() > LONGEST ? address.substring(0, LONGEST) : address;
        if (shown.indexOf(':') < 0) {
            return shown;
        }
        try {
            // With a colon in it, this is read as a literal or refused, never looked up.
            InetAddress parsed = InetAddress.getByName(shown);
            return parsed instanceof Inet6Address
                    ? HexFormat.of().formatHex(Arrays.copyOf(parsed.getAddress(), NETWORK_BYTES))
                    : parsed.getHostAddress();
        } catch (UnknownHostException e) {
            return shown;
        }
    }
}

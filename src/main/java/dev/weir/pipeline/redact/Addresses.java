package dev.weir.pipeline.redact;

import java.util.Optional;

/** What addresses of networks and devices look like. */
final class Addresses {

    private Addresses() {}

    /** The address at the beginning of a text of nothing but hexadecimal digits, colons and dots: without a port. */
    static Optional<String> ip(String text) {
        String trimmed = text.endsWith(":") && !text.endsWith("::") ? text.substring(0, text.length() - 1) : text;
        int port = trimmed.indexOf(':');
        String host = port > 0 && trimmed.indexOf('.') > 0 && trimmed.indexOf('.') < port
                ? trimmed.substring(0, port)
                : trimmed;
        return (isIp4(host) && !isNobody4(host)) || isIp6(host) ? Optional.of(host) : Optional.empty();
    }

    private static boolean isNobody4(String ip) {
        return ip.startsWith("127.") || ip.equals("0.0.0.0") || ip.equals("255.255.255.255");
    }

    private static boolean isIp4(String text) {
        String[] numbers = text.split("\\.", -1);
        if (numbers.length != 4) {
            return false;
        }
        for (String number : numbers) {
            if (!isByte(number)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isByte(String number) {
        boolean plain =
                !number.isEmpty() && number.length() <= 3 && number.chars().allMatch(it -> it >= '0' && it <= '9');
        return plain && (number.length() == 1 || number.charAt(0) != '0') && Integer.parseInt(number) <= 255;
    }

    private static boolean isIp6(String text) {
        int gap = text.indexOf("::");
        if (text.indexOf(':') < 0 || gap != text.lastIndexOf("::") || text.contains(":::")) {
            return false;
        }
        int before = groups(gap < 0 ? text : text.substring(0, gap), gap < 0);
        int after = gap < 0 ? 0 : groups(text.substring(gap + 2), true);
        if (before < 0 || after < 0) {
            return false;
        }
        int groups = before + after;
        boolean whole = gap < 0 ? groups == 8 : groups >= 3 && groups <= 7;
        return whole && text.chars().anyMatch(it -> it >= '0' && it <= '9');
    }

    /** How many groups of 16 bits; -1 when it is none of an address. */
    private static int groups(String text, boolean mayEndWithIp4) {
        if (text.isEmpty()) {
            return 0;
        }
        String[] parts = text.split(":", -1);
        int count = 0;
        for (int i = 0; i < parts.length; i++) {
            boolean ip4 = mayEndWithIp4 && i == parts.length - 1 && isIp4(parts[i]);
            if (!ip4 && (parts[i].isEmpty() || parts[i].length() > 4 || parts[i].indexOf('.') >= 0)) {
                return -1;
            }
            count += ip4 ? 2 : 1;
        }
        return count;
    }

    static boolean isMac(String text) {
        return isGroups(text, ':', 6, 2) || isGroups(text, '-', 6, 2) || isGroups(text, '.', 3, 4);
    }

    private static boolean isGroups(String text, char separator, int groups, int digits) {
        if (text.length() != groups * (digits + 1) - 1 || text.equals("00:00:00:00:00:00")) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            boolean between = i % (digits + 1) == digits;
            if (between != (text.charAt(i) == separator) || (!between && Character.digit(text.charAt(i), 16) < 0)) {
                return false;
            }
        }
        return true;
    }
}

package dev.weir.gate;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A response that a test can look at. */
final class Answered {

    final Map<String, String> headers = new HashMap<>();
    final List<Cookie> cookies = new ArrayList<>();
    int status = 200;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    String body() {
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @Nullable
    String header(String name) {
        return headers.get(name);
    }

    HttpServletResponse response() {
        return (HttpServletResponse) Proxy.newProxyInstance(
                Answered.class.getClassLoader(),
                new Class<?>[] {HttpServletResponse.class},
                (proxy, called, given) -> answer(called.getName(), given == null ? new Object[0] : given));
    }

    private @Nullable Object answer(String called, Object[] given) {
        switch (called) {
            case "setStatus", "sendError" -> status = (int) given[0];
            case "setHeader" -> headers.put((String) given[0], (String) given[1]);
            case "setContentType" -> headers.put("Content-Type", (String) given[0]);
            case "addCookie" -> cookies.add((Cookie) given[0]);
            case "getOutputStream" -> {
                return new Body();
            }
            default -> throw new UnsupportedOperationException(called);
        }
        return null;
    }

    private final class Body extends ServletOutputStream {
        @Override
        public void write(int one) {
            bytes.write(one);
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setWriteListener(WriteListener listener) {
            throw new UnsupportedOperationException();
        }
    }
}

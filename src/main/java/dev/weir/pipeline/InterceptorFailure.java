package dev.weir.pipeline;

/** An interceptor could not be opened; its branch must not run without it. */
public final class InterceptorFailure extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final String interceptor;

    InterceptorFailure(String interceptor, Throwable cause) {
        super("Interceptor " + interceptor + " could not be opened", cause);
        this.interceptor = interceptor;
    }

    public String interceptor() {
        return interceptor;
    }
}

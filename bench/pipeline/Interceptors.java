package pipeline;

import dev.weir.audit.AuditInterceptor;
import dev.weir.pipeline.LengthGuard;
import dev.weir.pipeline.StreamInterceptor;
import dev.weir.pipeline.UsageMeter;
import dev.weir.pipeline.redact.Redaction;
import dev.weir.pipeline.safety.SafetyLists;
import java.util.List;

/** What is measured: one line each, from the model to the log. */
final class Interceptors {

    static final List<StreamInterceptor> ALL = List.of(
            new UsageMeter(), //
            new LengthGuard(),
            new SafetyLists(),
            new Redaction(() -> new byte[32]),
            new AuditInterceptor(Forgotten.trail()));

    private Interceptors() {}
}

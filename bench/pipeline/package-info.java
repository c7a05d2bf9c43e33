/**
 * {@code ./weir bench pipeline}: what each interceptor costs for a delta. {@link pipeline.Interceptors} names what is
 * measured; what the figures mean stands in {@code docs/performance.md}.
 */
package pipeline;

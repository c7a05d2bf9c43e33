/**
 * {@code ./weir bench relay}: an upstream reached directly and through relays, Weir among them. {@link relay.Upstream} and
 * {@link relay.BareRelay} are processes of their own; {@link relay.Load} is the client, measures and reports. What is
 * measured and how stands in {@code docs/performance.md}.
 */
package relay;

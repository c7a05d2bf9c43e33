/**
 * {@code ./weir bench replay} and {@code ./weir bench cluster}: the product on two nodes of this machine, one database, and a
 * provider in the process of the client, so that both read one clock. {@link cluster.Bench} is the client, measures and reports.
 */
package cluster;

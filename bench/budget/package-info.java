/** What budgets cost: holds and leases on one node and on three, a delta with and without, one hot budget shared by all. */
package budget;

/**
 * What staff owe OSOS, NYSDOL's case management system: the entries, the decision on the outcome of
 * a completed course, and the worksheet that they type from.
 */
package org.lwdb.casework.osos;

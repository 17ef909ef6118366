/**
 * The desk: the pages on which a board's staff find people, look at them and act on many at once.
 */
package org.lwdb.casework.web.desk;

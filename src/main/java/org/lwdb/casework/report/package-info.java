/**
 * The figures and lists that are drawn from all that happened, and their sheets: what boards learn
 * from it.
 */
package org.lwdb.casework.report;

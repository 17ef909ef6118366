/** The figures and lists that are drawn from all that happened: what boards learn from it. */
package org.lwdb.casework.report;

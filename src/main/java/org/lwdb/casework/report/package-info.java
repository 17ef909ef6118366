/**
 * Course results, the funnel, what reminders were followed by, and what OSOS lacks: the figures
 * behind every page of results, and the sheets and documents of them.
 */
package org.lwdb.casework.report;

/**
 * The change of Coursera administrator: the request and its rules, Attachment A, and what became of
 * it.
 */
package org.lwdb.casework.administrator;

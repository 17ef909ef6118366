/**
 * The letters to learners and mails to staff: texts, outbox, sender, suppressed addresses, and the
 * signed links in them.
 */
package org.lwdb.casework.mail;

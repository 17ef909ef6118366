/**
 * The participant's file: intake, duplicates, eligibility answers, consent to mails, stage,
 * timeline.
 */
package org.lwdb.casework.participant;

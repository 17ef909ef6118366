package org.lwdb.casework.mail;

/**
 * The mail server refuses a learner's address for good; published in the transaction that records
 * it.
 */
public record AddressRejected(long participantId, String address) {}

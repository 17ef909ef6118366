package org.lwdb.casework.participant;

/**
 * A case goes on in another board; published in the transaction that opened the case there, so that
 * whoever keeps something of the participant hands it over.
 */
public record CaseMoved(long from, long to) {}

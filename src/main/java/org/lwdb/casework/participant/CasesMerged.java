package org.lwdb.casework.participant;

/**
 * A case was merged into another of the same board: they are of one person. Told in the transaction
 * that does it, so that each room brings together what is its own. The persons are those of before;
 * both cases are the kept one's now.
 */
public record CasesMerged(long kept, long other, long keptPerson, long otherPerson) {}

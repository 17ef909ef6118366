package org.lwdb.casework.participant;

/** A case has arrived at a stage; published in the transaction that moved it. */
public record StageChanged(long participantId, Stage stage) {}

package org.lwdb.casework.mail;

/** A document that goes with a mail: a PDF. */
public record Enclosure(String name, byte[] content) {}

package org.lwdb.casework.administrator;

/** Somebody whose name stands under Attachment A. */
public record Signatory(String username, String name, String title) {}

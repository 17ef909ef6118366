package org.lwdb.casework.localarea;

import java.util.List;

/** A local workforce development board; the id is also its tenant in the engine. */
public record Board(String id, String lwdbName, List<String> counties) {}

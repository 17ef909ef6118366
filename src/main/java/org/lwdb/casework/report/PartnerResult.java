package org.lwdb.casework.report;

import com.fasterxml.jackson.annotation.JsonUnwrapped;

/** The figures of a partner's courses; partner is null for the courses that name none. */
public record PartnerResult(String partner, int courses, @JsonUnwrapped Figures figures) {}

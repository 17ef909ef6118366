package org.lwdb.casework.osos;

/**
 * The five types of measurable skill gain: WIOA section 116(b)(2)(A)(i)(V), 20 CFR
 * 677.155(a)(1)(v).
 */
public enum SkillGain {
  EDUCATIONAL_FUNCTIONING_LEVEL("Educational functioning level"),
  POSTSECONDARY_TRANSCRIPT("Postsecondary transcript"),
  SECONDARY_TRANSCRIPT("Secondary transcript"),
  TRAINING_MILESTONE("Training milestone"),
  SKILLS_PROGRESSION("Skills progression");

  private final String label;

  SkillGain(String label) {
    this.label = label;
  }

  public String label() {
    return label;
  }
}

package org.lwdb.casework.mail;

import org.lwdb.casework.BadInput;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * The letters as a participant would get them now. Nothing is sent, and the links are dead: only
 * the learner answers for the learner.
 */
@Service
public class Previews {

  /** A letter that is not sent. */
  public record Preview(String to, String subject, String html, String plainText) {}

  private final Addressees addressees;
  private final Composer composer;

  Previews(Addressees addressees, Composer composer) {
    this.addressees = addressees;
    this.composer = composer;
  }

  /**
   * @throws BadInput if the letter speaks of a course and the participant has none
   */
  @Transactional(readOnly = true)
  public Preview of(Template template, long participantId) {
    if (template.staff()) {
      throw new BadInput("template", "Choose a letter to learners.");
    }
    Long enrollment =
        template.ofCourse() ? addressees.currentEnrollment(participantId).orElse(null) : null;
    Addressee to = addressees.load(participantId, enrollment);
    if (template.ofCourse() && to.course() == null) {
      throw new BadInput(
          "caseNumber",
          "This letter speaks of a course, and this participant has none. Choose somebody who is"
              + " learning.");
    }
    String subject = composer.subject(template, to);
    Composer.Body body = composer.letter(template, subject, to);
    return new Preview(to.email(), subject, dead(body.html()), dead(body.plainText()));
  }

  private static String dead(String text) {
    return text.replaceAll(LearnerLinks.PATH + "[A-Za-z0-9._-]+", LearnerLinks.PATH + "preview");
  }
}

package org.lwdb.casework.mail;

import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.lwdb.casework.CaseworkSettings;
import org.lwdb.casework.NewYork;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;
import org.thymeleaf.context.Context;
import org.thymeleaf.spring6.SpringTemplateEngine;
import org.thymeleaf.templatemode.TemplateMode;
import org.thymeleaf.templateresolver.ClassLoaderTemplateResolver;

/**
 * Writes the mails, in the learner's language: another language is another messages_xx.properties.
 */
@Component
class Composer {

  /** A mail as it goes out. */
  record Body(String html, String plainText, String stopLink) {}

  private static final String COURSERA = "https://www.coursera.org";

  private final SpringTemplateEngine engine = new SpringTemplateEngine();
  private final MessageSource messages;
  private final LearnerLinks links;
  private final CaseworkSettings settings;

  Composer(MessageSource messages, LearnerLinks links, CaseworkSettings settings) {
    this.messages = messages;
    this.links = links;
    this.settings = settings;
    engine.setTemplateEngineMessageSource(messages);
    engine.addTemplateResolver(resolver(TemplateMode.HTML, "*.html"));
    engine.addTemplateResolver(resolver(TemplateMode.TEXT, "*.txt"));
  }

  private static ClassLoaderTemplateResolver resolver(TemplateMode mode, String files) {
    ClassLoaderTemplateResolver resolver = new ClassLoaderTemplateResolver();
    resolver.setPrefix("templates/mail/");
    resolver.setResolvablePatterns(Set.of(files));
    resolver.setTemplateMode(mode);
    resolver.setCharacterEncoding("UTF-8");
    return resolver;
  }

  /** The subject of a learner's letter; it names the course where there is one. */
  String subject(Template template, Addressee to) {
    return subject(template, locale(to), to.course() == null ? "" : to.course().name());
  }

  /** The subject of a mail to staff. */
  String subject(Template template, Map<String, ?> data) {
    return subject(
        template,
        Locale.ENGLISH,
        data.containsKey("change") ? data.get("change").toString() : data.get("caseNumber"));
  }

  private String subject(Template template, Locale locale, Object argument) {
    return oneLine(
        messages.getMessage(
            "mail." + template.key() + ".subject", new Object[] {argument}, locale));
  }

  /** The letter, from the data of now. */
  Body letter(Template template, String subject, Addressee to) {
    Locale locale = locale(to);
    Map<String, Object> model = new HashMap<>();
    model.put("firstName", oneLine(to.firstName()));
    model.put("email", to.email());
    model.put("lwdbName", to.lwdbName());
    model.put("contact", contact(to.contact()));
    model.put("missing", to.missing());
    model.put("rightBoards", to.rightBoards());
    model.put("otherArea", to.eligibilityBases().contains("OTHER_AREA"));
    model.put("noNewPeople", "CLOSED".equals(to.eligibilityResult()));
    model.put("closedKey", closedKey(to));
    model.put("movedTo", to.movedTo());
    model.put("goesOn", "MOVED".equals(to.closedReason()) || "DUPLICATE".equals(to.closedReason()));
    model.put("enrolled", to.enrolled());
    model.put("course", course(to.course(), locale));
    String stop = links.link(to.participantId(), LearnerLinks.Action.STOP_MAILS);
    model.put("stop", stop);
    if (template == Template.OUTREACH || template == Template.OUTREACH_FOLLOW_UP) {
      model.put("yes", links.link(to.participantId(), LearnerLinks.Action.INTERESTED));
      model.put("no", links.link(to.participantId(), LearnerLinks.Action.NOT_INTERESTED));
      model.put("call", links.link(to.participantId(), LearnerLinks.Action.CALL_ME));
    }
    return body(template, subject, locale, model, stop);
  }

  /** The mail to staff. */
  Body toStaff(Template template, String subject, String lwdbName, Map<String, Object> data) {
    Map<String, Object> model = new HashMap<>();
    model.put("lwdbName", lwdbName);
    model.put("data", data);
    model.put("publicUrl", settings.publicUrl().replaceAll("/+$", ""));
    return body(template, subject, Locale.ENGLISH, model, null);
  }

  /** The learner's language if there are texts in it, else English. */
  private Locale locale(Addressee to) {
    return Locale.forLanguageTag(
        messages.getMessage("mail.lang", null, Locale.forLanguageTag(to.language())));
  }

  private Body body(
      Template template, String subject, Locale locale, Map<String, Object> model, String stop) {
    model.put("subject", subject);
    model.put("heading", "mail." + template.key() + ".heading");
    model.put("learner", !template.staff());
    model.put("help", settings.mail().helpAddress());
    model.put("relay", settings.mail().relay());
    Context context = new Context(locale, model);
    context.setVariable("body", template.key() + ".html");
    String html = engine.process("layout.html", context);
    context.setVariable("body", template.key() + ".txt");
    String text = engine.process("layout.txt", context);
    return new Body(html, text.strip().replaceAll("\\n{3,}", "\n\n") + "\n", stop);
  }

  private static Map<String, Object> contact(Addressee.Contact contact) {
    if (contact == null) {
      return null;
    }
    Map<String, Object> model = new HashMap<>();
    model.put("name", oneLine(contact.name()));
    model.put("email", contact.email());
    model.put("phone", contact.phone());
    return model;
  }

  private static Map<String, Object> course(Addressee.Course course, Locale locale) {
    if (course == null) {
      return null;
    }
    Map<String, Object> model = new HashMap<>();
    model.put("name", oneLine(course.name()));
    model.put("progress", Integer.toString(course.progress()));
    model.put("url", url(course));
    model.put(
        "lastActivity",
        course.lastActivityAt() == null
            ? null
            : DateTimeFormatter.ofLocalizedDate(FormatStyle.LONG)
                .withLocale(locale)
                .format(NewYork.dateOf(course.lastActivityAt())));
    String certificate = course.certificateUrl();
    model.put(
        "certificate",
        certificate != null && certificate.startsWith("https://") ? certificate : null);
    return model;
  }

  private static String url(Addressee.Course course) {
    if (course.slug() == null || !course.slug().matches("[A-Za-z0-9_-]+")) {
      return COURSERA;
    }
    return COURSERA
        + (course.kind().equals("SPECIALIZATION") ? "/specializations/" : "/learn/")
        + course.slug();
  }

  private static String closedKey(Addressee to) {
    String reason = to.closedReason();
    boolean knownTarget = !"MOVED".equals(reason) || to.movedTo() != null;
    return "mail.case-closed.because." + (reason == null || !knownTarget ? "OTHER" : reason);
  }

  private static String oneLine(String text) {
    return text.replaceAll("\\p{Cntrl}+", " ").strip();
  }
}

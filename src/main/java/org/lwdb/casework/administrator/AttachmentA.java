package org.lwdb.casework.administrator;

import com.openhtmltopdf.outputdevice.helper.BaseRendererBuilder.FontStyle;
import com.openhtmltopdf.pdfboxout.PdfRendererBuilder;
import com.openhtmltopdf.util.XRLog;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.lwdb.casework.CaseworkSettings;
import org.lwdb.casework.NewYork;
import org.lwdb.casework.administrator.AdministratorChanges.Signed;
import org.lwdb.casework.localarea.Administrators;
import org.lwdb.casework.localarea.Board;
import org.lwdb.casework.localarea.Boards;
import org.lwdb.casework.mail.Enclosure;
import org.lwdb.casework.mail.StaffMail;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.thymeleaf.ITemplateEngine;
import org.thymeleaf.context.Context;

/**
 * Attachment A, the document that NYSDOL gets: an accessible PDF (PDF/UA), kept with the request,
 * and mailed with the subject that the advisory (Action) asks for.
 */
@Service
@Transactional
public class AttachmentA {

  static final String FILE = "Attachment A - Change of Coursera Administrator.pdf";

  private static final String FONT = "Liberation Sans";
  private static final DateTimeFormatter MOMENT =
      DateTimeFormatter.ofPattern("MM/dd/yyyy 'at' h:mm a z", Locale.US).withZone(NewYork.ZONE);

  private final AdministratorChanges changes;
  private final Administrators administrators;
  private final Boards boards;
  private final StaffMail mail;
  private final CaseworkSettings settings;
  private final ITemplateEngine engine;

  AttachmentA(
      AdministratorChanges changes,
      Administrators administrators,
      Boards boards,
      StaffMail mail,
      CaseworkSettings settings,
      ITemplateEngine engine) {
    this.changes = changes;
    this.administrators = administrators;
    this.boards = boards;
    this.mail = mail;
    this.settings = settings;
    this.engine = engine;
    XRLog.setLoggingEnabled(false); // it would log each stylesheet
  }

  /**
   * Makes the document of an approved change, keeps it, and queues its mail, which goes out at
   * once, whatever the hour.
   *
   * @param copies to whom a copy goes: the requester and the supervisors
   */
  public void send(long id, List<String> copies) {
    AdministratorChange change = changes.get(id);
    byte[] document = document(change);
    changes.attach(id, document);
    Board board = boards.require(change.board());
    mail.sendAttachmentA(
        board.id(),
        id,
        changes.round(id),
        board.lwdbName() + " Coursera administrator update",
        copies,
        Map.of("change", id, "kind", change.kind().label()),
        new Enclosure(FILE, document));
  }

  /** Withdraws the mail; false if it went out, or may have gone out. */
  public boolean takeBack(long id) {
    return mail.takeBackAttachmentA(id);
  }

  private byte[] document(AdministratorChange change) {
    Signed requested = changes.requested(change.id());
    Signed decided = changes.decided(change.id());
    Context model = new Context(Locale.US);
    model.setVariable("change", change);
    model.setVariable("lwdbName", boards.require(change.board()).lwdbName());
    model.setVariable("requested", requested.by());
    model.setVariable("requestedAt", moment(requested.at()));
    model.setVariable("decided", decided.by());
    model.setVariable("decidedAt", moment(decided.at()));
    model.setVariable("staying", staying(change));
    model.setVariable("help", settings.mail().helpAddress());
    return pdf(engine.process("attachment-a", model));
  }

  /** The other administrators, who stay. */
  private List<String> staying(AdministratorChange change) {
    return administrators.serving(change.board()).stream()
        .map(Administrators.Entry::administrator)
        .filter(
            one ->
                change.outgoing() == null
                    || !one.email().equalsIgnoreCase(change.outgoing().email()))
        .filter(
            one ->
                change.incoming() == null
                    || !one.email().equalsIgnoreCase(change.incoming().email()))
        .map(one -> one.name() + ", " + one.email())
        .toList();
  }

  private static byte[] pdf(String html) {
    ByteArrayOutputStream pdf = new ByteArrayOutputStream();
    PdfRendererBuilder builder = new PdfRendererBuilder();
    builder.usePdfUaAccessibility(true);
    builder.useFont(
        () -> AttachmentA.class.getResourceAsStream("/liberation/LiberationSans-Regular.ttf"),
        FONT,
        400,
        FontStyle.NORMAL,
        true);
    builder.useFont(
        () -> AttachmentA.class.getResourceAsStream("/liberation/LiberationSans-Bold.ttf"),
        FONT,
        700,
        FontStyle.NORMAL,
        true);
    builder.withHtmlContent(html, null);
    builder.toStream(pdf);
    try {
      builder.run();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return pdf.toByteArray();
  }

  private static String moment(Instant at) {
    return MOMENT.format(at);
  }
}

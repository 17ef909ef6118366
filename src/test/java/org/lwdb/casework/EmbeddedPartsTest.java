package org.lwdb.casework;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.mail.SimpleMailMessage;

class EmbeddedPartsTest {

  @TempDir Path data;

  @Test
  void eachMailIsAFileThatAPersonCanOpen() throws Exception {
    EmbeddedParts parts = new EmbeddedParts();
    try (DataFolder folder = DataFolder.lock(data)) {
      GreenMail server = parts.smtpServer(folder, new MovableClock());
      server.start();
      try {
        SimpleMailMessage mail = new SimpleMailMessage();
        mail.setFrom("casework@example.org");
        mail.setTo("ada@example.org");
        mail.setSubject("Free courses: ../what is next?");
        mail.setText("Hello Ada");
        parts.mailSender(server).send(mail);
        assertThat(server.waitForIncomingEmail(5000, 1)).isTrue();
      } finally {
        server.stop();
      }
    }
    try (Stream<Path> files = Files.list(data.resolve("mails"))) {
      List<Path> mails = files.toList();
      assertThat(mails).hasSize(1);
      assertThat(mails.get(0).getFileName())
          .hasToString(
              "2021-02-01T10-00-00.000 ada@example.org Free courses_ .._what is next_.eml");
      assertThat(mails.get(0)).content().contains("Subject: Free courses", "Hello Ada");
    }
  }
}

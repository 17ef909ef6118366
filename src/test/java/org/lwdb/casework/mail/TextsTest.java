package org.lwdb.casework.mail;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The texts of the mails are complete in every language that there is a file for. */
class TextsTest {

  private static final Path RESOURCES = Path.of("src/main/resources");

  @Test
  void everyTextThatATemplateNamesIsThere() throws IOException {
    Set<String> named = new TreeSet<>();
    try (Stream<Path> files = Files.walk(RESOURCES.resolve("templates/mail"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Pattern.compile("#\\{(mail[a-z0-9.-]+)")
            .matcher(Files.readString(file))
            .results()
            .forEach(match -> named.add(match.group(1)));
      }
    }
    for (Template template : Template.values()) {
      named.add("mail." + template.key() + ".subject");
      named.add("mail." + template.key() + ".heading");
    }
    assertThat(named).hasSizeGreaterThan(80);
    assertThat(texts("messages.properties").stringPropertyNames()).containsAll(named);
  }

  @Test
  void everyReasonForClosingHasItsWords() throws IOException {
    assertThat(texts("messages.properties").stringPropertyNames())
        .contains(
            Stream.of(
                    "COMPLETED",
                    "LEARNING_ENDED",
                    "NOT_ELIGIBLE",
                    "DECLINED",
                    "NOT_REACHED",
                    "NOT_ENROLLED",
                    "WITHDRAWN",
                    "MOVED",
                    "DUPLICATE",
                    "OTHER")
                .map(reason -> "mail.case-closed.because." + reason)
                .toArray(String[]::new));
  }

  @Test
  void everyLanguageHasTheSameTexts() throws IOException {
    Set<String> english = mailKeys("messages.properties");
    try (Stream<Path> files = Files.list(RESOURCES)) {
      for (Path file :
          files.filter(f -> f.getFileName().toString().matches("messages_.*")).toList()) {
        assertThat(mailKeys(file.getFileName().toString())).as(file.toString()).isEqualTo(english);
      }
    }
  }

  /**
   * A straight apostrophe vanishes from a text with an argument, and takes what follows with it.
   */
  @Test
  void noTextHasAStraightApostrophe() throws IOException {
    Properties texts = texts("messages.properties");
    assertThat(mailKeys("messages.properties"))
        .allSatisfy(key -> assertThat(texts.getProperty(key)).as(key).doesNotContain("'"));
  }

  private static Set<String> mailKeys(String file) throws IOException {
    return texts(file).stringPropertyNames().stream()
        .filter(key -> key.startsWith("mail."))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Properties texts(String file) throws IOException {
    Properties texts = new Properties();
    try (var in =
        new InputStreamReader(
            Files.newInputStream(RESOURCES.resolve(file)), StandardCharsets.UTF_8)) {
      texts.load(in);
    }
    return texts;
  }
}

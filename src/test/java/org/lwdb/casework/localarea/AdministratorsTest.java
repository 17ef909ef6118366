package org.lwdb.casework.localarea;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lwdb.casework.CaseworkTest;
import org.lwdb.casework.MovableClock;
import org.lwdb.casework.localarea.Administrators.Administrator;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@CaseworkTest
class AdministratorsTest {

  private static final String BOARD = "tompkins"; // no other test gives it administrators

  @Autowired Administrators administrators;
  @Autowired MovableClock clock;
  @Autowired JdbcClient jdbc;

  @BeforeEach
  void anEmptyRegister() {
    clock.reset();
    jdbc.sql("delete from administrator where board_id = ?").param(BOARD).update();
  }

  @Test
  void aBoardWithoutAdministratorsHasNoContact() {
    assertThat(administrators.of(BOARD)).isEmpty();
    assertThat(administrators.activeCount(BOARD)).isZero();
    assertThat(administrators.contact(BOARD)).isEmpty();
  }

  @Test
  void whoIsInOfficeFollowsFromTheDates() {
    add("Gone", "2020-11-17", "2021-01-31");
    add("Last Day", "2020-12-01", "2021-02-01");
    add("First Day", "2021-02-01", null);
    add("Tomorrow", "2021-02-02", null);

    List<Administrator> all = administrators.of(BOARD);

    assertThat(all)
        .extracting(Administrator::name)
        .containsExactly("Gone", "Last Day", "First Day", "Tomorrow");
    assertThat(all).extracting(Administrator::active).containsExactly(false, true, true, false);
    assertThat(administrators.activeCount(BOARD)).isEqualTo(2);
    assertThat(administrators.contact(BOARD))
        .hasValueSatisfying(
            contact ->
                assertThat(contact)
                    .isEqualTo(
                        new Administrator(
                            "Last Day",
                            "Career advisor",
                            "Tompkins Example Center",
                            "last.day@example.org",
                            "607-555-0100",
                            null,
                            LocalDate.of(2020, 12, 1),
                            LocalDate.of(2021, 2, 1),
                            true)));
  }

  private void add(String name, String from, String to) {
    String email = name.toLowerCase().replace(' ', '.') + "@example.org";
    administrators.add(
        BOARD,
        name,
        "Career advisor",
        "Tompkins Example Center",
        email,
        "607-555-0100",
        null,
        LocalDate.parse(from),
        null);
    if (to != null) {
      jdbc.sql("update administrator set ends_on = ? where board_id = ? and email = ?")
          .params(LocalDate.parse(to), BOARD, email)
          .update();
    }
  }
}

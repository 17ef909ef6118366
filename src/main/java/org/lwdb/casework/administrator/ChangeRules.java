package org.lwdb.casework.administrator;

import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.lwdb.casework.BadInput;
import org.lwdb.casework.CaseworkSettings;
import org.lwdb.casework.NewYork;
import org.lwdb.casework.localarea.Administrators;
import org.lwdb.casework.localarea.Administrators.Entry;
import org.lwdb.casework.participant.Text;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What holds of a change of administrator, whatever the form or the program sent. */
@Component
class ChangeRules {

  /** The advisory (Action) wants two administrators for each board. */
  private static final int ADMINISTRATORS = 2;

  private static final int YEARS_AHEAD = 1;

  private final Administrators administrators;
  private final CaseworkSettings settings;
  private final JdbcClient jdbc;
  private final Clock clock;

  ChangeRules(
      Administrators administrators, CaseworkSettings settings, JdbcClient jdbc, Clock clock) {
    this.administrators = administrators;
    this.settings = settings;
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /**
   * Refuses what cannot be.
   *
   * @param before what it corrects; null for a new request
   * @return who leaves, or whose entry is corrected; null if somebody is added
   */
  Entry check(RequestedChange asked, AdministratorChange before) {
    BadInput.Collector problems = new BadInput.Collector();
    if (asked.kind() == null) {
      throw new BadInput("kind", "Say what changes: kind is one of REPLACE, ADD, REMOVE, CORRECT.");
    }
    inEffect(problems, asked, before);
    texts(problems, asked);
    boolean ended = before != null && before.outgoingEndedAt() != null;
    boolean started = before != null && before.incomingStartedAt() != null;
    Entry leaving = ended ? null : leaving(problems, asked);
    if (asked.kind().leaves() && !ended) {
      lastDay(problems, asked, leaving);
    }
    if (!started) {
      incoming(problems, asked, leaving);
    }
    problems.throwIfAny();
    oneRequestEach(asked, leaving, before);
    return leaving;
  }

  /** Whoever has left or begun already cannot be another one afterwards. */
  private static void inEffect(
      BadInput.Collector problems, RequestedChange asked, AdministratorChange before) {
    if (before == null || before.outgoingEndedAt() == null && before.incomingStartedAt() == null) {
      return;
    }
    problems.addIf(
        asked.kind() != before.kind(),
        "kind",
        "A part of this change is in effect already: leave its kind " + before.kind() + ".");
    if (before.outgoingEndedAt() != null) {
      problems.addIf(
          asked.outgoing() == null
              || !before.outgoing().email().equalsIgnoreCase(asked.outgoing().email())
              || !before.outgoing().lastDay().equals(asked.outgoing().lastDay()),
          "outgoing",
          before.outgoing().name()
              + "'s access has ended already: leave the address and the last day as they were.");
    }
    if (before.incomingStartedAt() != null) {
      problems.addIf(
          asked.incoming() == null
              || !Objects.equals(before.incoming().email(), asked.incoming().email())
              || !Objects.equals(before.incoming().name(), asked.incoming().name())
              || !Objects.equals(before.incoming().startDate(), asked.incoming().startDate()),
          "incoming",
          "The new entry is in the register already: leave name, address and start date as they"
              + " were, and ask for a correction of their own afterwards.");
    }
  }

  private static void texts(BadInput.Collector problems, RequestedChange asked) {
    RequestedChange.Incoming incoming = asked.incoming();
    if (incoming != null) {
      Text.check(problems, "incoming.name", incoming.name(), 80);
      Text.check(problems, "incoming.title", incoming.title(), 100);
      Text.check(problems, "incoming.agency", incoming.agency(), 100);
      Text.checkEmail(problems, "incoming.email", incoming.email());
      Text.checkPhone(problems, "incoming.phone", incoming.phone());
    }
    Text.check(problems, "note", asked.note(), 2000);
  }

  /** Who leaves, or is corrected: one of the board's. */
  private Entry leaving(BadInput.Collector problems, RequestedChange asked) {
    RequestedChange.Outgoing outgoing = asked.outgoing();
    if (asked.kind() == Kind.ADD) {
      problems.addIf(
          outgoing != null,
          "outgoing",
          "An addition ends nobody's office: leave the outgoing administrator out, or choose"
              + " REPLACE.");
      return null;
    }
    if (outgoing == null || outgoing.email() == null) {
      problems.add("outgoing.email", "Give the e-mail address of the administrator concerned.");
      return null;
    }
    if (!Text.check(problems, "outgoing.email", outgoing.email(), 254)) {
      return null;
    }
    problems.addIf(
        asked.kind() == Kind.CORRECT && outgoing.lastDay() != null,
        "outgoing.lastDay",
        "A correction ends nobody's office: leave the last day out, or choose REMOVE.");
    Optional<Entry> found =
        administrators.withEmail(outgoing.email()).stream()
            .filter(entry -> entry.board().equals(asked.board()))
            .findFirst();
    problems.addIf(
        found.isEmpty(),
        "outgoing.email",
        "No active Coursera administrator of this board has the address "
            + outgoing.email()
            + ". Check it against the register.");
    return found.orElse(null);
  }

  private void lastDay(BadInput.Collector problems, RequestedChange asked, Entry leaving) {
    LocalDate lastDay = asked.outgoing() == null ? null : asked.outgoing().lastDay();
    if (lastDay == null) {
      problems.add("outgoing.lastDay", "Give the last day of the outgoing administrator.");
      return;
    }
    sensible(problems, "outgoing.lastDay", lastDay);
    problems.addIf(
        leaving != null && lastDay.isBefore(leaving.administrator().from()),
        "outgoing.lastDay",
        "The last day lies before the first one, which was "
            + (leaving == null ? "" : NewYork.format(leaving.administrator().from()))
            + ".");
  }

  private void incoming(BadInput.Collector problems, RequestedChange asked, Entry leaving) {
    RequestedChange.Incoming incoming = asked.incoming();
    if (asked.kind() == Kind.REMOVE) {
      problems.addIf(
          incoming != null,
          "incoming",
          "A removal brings nobody: leave the incoming administrator out, or choose REPLACE.");
      return;
    }
    if (incoming == null || asked.kind() == Kind.CORRECT && incoming.hasNoValues()) {
      problems.add(
          "incoming",
          asked.kind() == Kind.CORRECT
              ? "Give at least one value that is to be corrected."
              : "Give the name, the e-mail address and the start date of the incoming"
                  + " administrator.");
      return;
    }
    if (asked.kind().comes()) {
      problems
          .addIf(incoming.name() == null, "incoming.name", "Give the incoming person's name.")
          .addIf(
              incoming.email() == null,
              "incoming.email",
              "Give the incoming person's e-mail address.")
          .addIf(
              incoming.startDate() == null,
              "incoming.startDate",
              "Give the incoming person's start date.");
    }
    if (incoming.startDate() != null) {
      sensible(problems, "incoming.startDate", incoming.startDate());
    }
    notYetOne(problems, asked, leaving);
    if (asked.kind().comes() && incoming.startDate() != null) {
      twoAtMost(problems, asked, leaving);
    }
  }

  private void notYetOne(BadInput.Collector problems, RequestedChange asked, Entry leaving) {
    String email = asked.incoming().email();
    LocalDate lastDay = asked.outgoing() == null ? null : asked.outgoing().lastDay();
    LocalDate startDate = asked.incoming().startDate();
    problems.addIf(
        asked.kind() == Kind.REPLACE
            && lastDay != null
            && startDate != null
            && startDate.isBefore(lastDay),
        "incoming.startDate",
        "The start date lies before the last day of the outgoing administrator. Give that day or a"
            + " later one.");
    if (email == null) {
      return;
    }
    for (Entry one : administrators.withEmail(email)) {
      boolean corrected =
          asked.kind() == Kind.CORRECT && leaving != null && one.id() == leaving.id();
      problems.addIf(
          !corrected,
          "incoming.email",
          one.board().equals(asked.board())
              ? one.administrator().name()
                  + " is a Coursera administrator of this board already, with this address."
              : "This is the address of another board's Coursera administrator. Give the person's"
                  + " own address.");
    }
  }

  /** Counted on the first day of the new one, with whoever other approved changes bring. */
  private void twoAtMost(BadInput.Collector problems, RequestedChange asked, Entry leaving) {
    LocalDate start = asked.incoming().startDate();
    long others =
        administrators.serving(asked.board()).stream()
            .filter(entry -> leaving == null || entry.id() != leaving.id())
            .filter(
                entry ->
                    entry.administrator().to() == null
                        || !entry.administrator().to().isBefore(start))
            .filter(entry -> !leavesBefore(entry.id(), start))
            .count();
    problems.addIf(
        others + approvedToCome(asked.board()) >= ADMINISTRATORS,
        "kind",
        "This board would have more than two active Coursera administrators on "
            + NewYork.format(start)
            + ". Replace one of them, or remove one first.");
  }

  private boolean leavesBefore(long administrator, LocalDate start) {
    return jdbc.sql(
            """
            select exists (select from administrator_change
                            where administrator_id = ? and kind in ('REPLACE', 'REMOVE')
                              and state in ('APPROVED', 'SENT', 'CONFIRMED')
                              and outgoing_ended_at is null and last_day <= ?)
            """)
        .params(administrator, start)
        .query(Boolean.class)
        .single();
  }

  private long approvedToCome(String board) {
    return jdbc.sql(
            """
            select count(*) from administrator_change
             where board_id = ? and kind in ('REPLACE', 'ADD')
               and state in ('APPROVED', 'SENT', 'CONFIRMED') and incoming_started_at is null
            """)
        .param(board)
        .query(Long.class)
        .single();
  }

  private void sensible(BadInput.Collector problems, String field, LocalDate date) {
    LocalDate latest = NewYork.today(clock).plusYears(YEARS_AHEAD);
    problems
        .addIf(
            date.isBefore(settings.partnership().start()),
            field,
            "This date lies before the partnership, which began on "
                + NewYork.format(settings.partnership().start())
                + ": check the year.")
        .addIf(
            date.isAfter(latest),
            field,
            "This date lies more than a year ahead: ask for the change when it is closer.");
  }

  private void oneRequestEach(RequestedChange asked, Entry leaving, AdministratorChange before) {
    List<String> people =
        List.of(
            leaving == null ? "" : leaving.administrator().email().toLowerCase(),
            asked.incoming() == null || asked.incoming().email() == null
                ? ""
                : asked.incoming().email().toLowerCase());
    jdbc.sql(
            """
            select id, state from administrator_change
             where board_id = :board and state = any(:open) and id <> :itself
               and (lower(outgoing_email) = any(:people) or lower(incoming_email) = any(:people))
             order by id limit 1
            """)
        .param("board", asked.board())
        .param("open", State.OPEN.stream().map(State::name).toArray(String[]::new))
        .param("itself", before == null ? 0 : before.id())
        .param("people", people.stream().filter(email -> !email.isEmpty()).toArray(String[]::new))
        .query(
            (row, n) ->
                "Request "
                    + row.getLong("id")
                    + " about the same person is still open ("
                    + row.getString("state")
                    + "). Have it decided, or withdraw it, before you ask again.")
        .optional()
        .ifPresent(
            sentence -> {
              throw new BadInput(null, sentence);
            });
  }
}

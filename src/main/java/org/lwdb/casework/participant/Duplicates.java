package org.lwdb.casework.participant;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.lwdb.casework.BadInput;
import org.lwdb.casework.CurrentUser;
import org.lwdb.casework.Page;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Cases of one board that look like one person: found, merged, or remembered as different. */
@Service
@Transactional
public class Duplicates {

  /** Why two cases look like one person, the surest first. */
  public enum Sign {
    SAME_ADDRESS("Same e-mail address"),
    SAME_OSOS_ID("Same OSOS ID"),
    SAME_NAME_AND_BIRTH_DATE("Same name and birth date"),
    SIMILAR_NAME_AND_BIRTH_DATE("Similar name, same birth date"),
    SIMILAR_NAME_AND_PHONE("Similar name, same phone");

    private final String label;

    Sign(String label) {
      this.label = label;
    }

    /** The sign as people read it. */
    public String label() {
      return label;
    }
  }

  /** Two cases, the one that was opened first before the other. */
  public record Pair(Participant one, Participant other, List<Sign> signs) {}

  /** A pair that somebody has decided to be two people. */
  public record Different(Participant one, Participant other, String decidedBy, Instant at) {}

  /**
   * How much alike names are that are very similar, from 0 to 1: Jon and John Smith are 0.62. Of a
   * shared phone more is asked: a family has one.
   */
  private static final Map<String, Object> SIMILARITY = Map.of("born", 0.45, "phone", 0.6);

  private static final String PAIRS =
      """
      with here as materialized (
        select p.id, p.board_id, p.person_id, p.osos_id, p.date_of_birth, p.closed_at is null as open,
               lower(p.first_name || ' ' || p.last_name) as name,
               right(regexp_replace(p.phone, '[^0-9]', '', 'g'), 10) as phone
          from participant p
         where p.board_id = any (:boards) and p.merged_into is null
           and p.closed_reason is distinct from 'MOVED'),
      look_alike as (
        select a.participant_id as one, b.participant_id as other, 0 as sign
          from participant_email a join participant_email b using (email)
         where a.participant_id < b.participant_id
        union all
        select a.id, b.id, 1
          from here a join here b using (board_id, osos_id)
         where a.id < b.id
        union all
        select a.id, b.id, case when a.name = b.name then 2 else 3 end
          from here a join here b using (board_id, date_of_birth)
         where a.id < b.id and similarity(a.name, b.name) >= :born
        union all
        select a.id, b.id, 4
          from here a join here b using (board_id, phone)
         where a.id < b.id and length(phone) = 10 and similarity(a.name, b.name) >= :phone),
      pair as (
        select l.one, l.other, array_agg(distinct l.sign order by l.sign) as signs
          from look_alike l join here a on a.id = l.one
          join here b on b.id = l.other and b.board_id = a.board_id
         where (a.open or b.open) and a.person_id <> b.person_id
           and not exists (
             select from different_people d where d.one = l.one and d.other = l.other)
         group by l.one, l.other)
      """;

  private final JdbcClient jdbc;
  private final Clock clock;
  private final Participants participants;
  private final Timeline timeline;
  private final ApplicationEventPublisher events;

  Duplicates(
      JdbcClient jdbc,
      Clock clock,
      Participants participants,
      Timeline timeline,
      ApplicationEventPublisher events) {
    this.jdbc = jdbc;
    this.clock = clock;
    this.participants = participants;
    this.timeline = timeline;
    this.events = events;
  }

  private record Row(long one, long other, List<Sign> signs, long all) {}

  /** The pairs of the boards, the surest first. */
  @Transactional(readOnly = true)
  public Page<Pair> pairs(Set<String> boards, Page.Request page) {
    List<Row> rows =
        jdbc.sql(
                PAIRS
                    + """
                    select one, other, signs, count(*) over () as all_pairs from pair
                     order by signs[1], cardinality(signs) desc, one, other
                     limit :size offset :offset
                    """)
            .param("boards", boards.toArray(String[]::new))
            .params(SIMILARITY)
            .param("size", page.size())
            .param("offset", page.offset())
            .query(
                (row, n) ->
                    new Row(
                        row.getLong("one"),
                        row.getLong("other"),
                        Stream.of((Integer[]) row.getArray("signs").getArray())
                            .map(sign -> Sign.values()[sign])
                            .toList(),
                        row.getLong("all_pairs")))
            .list();
    Map<Long, Participant> files =
        participants.all(rows.stream().flatMap(r -> Stream.of(r.one(), r.other())).toList());
    return Page.of(
        rows.stream()
            .map(row -> new Pair(files.get(row.one()), files.get(row.other()), row.signs()))
            .toList(),
        page,
        rows.isEmpty() ? 0 : rows.get(0).all());
  }

  /** The pairs that somebody has decided to be two people, the latest first. */
  @Transactional(readOnly = true)
  public List<Different> different(Set<String> boards) {
    record Decided(long one, long other, String by, Instant at) {}
    List<Decided> decided =
        jdbc.sql(
                """
                select d.* from different_people d join participant p on p.id = d.one
                 where p.board_id = any (?) order by d.decided_at desc, d.one, d.other limit 100
                """)
            .param(boards.toArray(String[]::new))
            .query(
                (row, n) ->
                    new Decided(
                        row.getLong("one"),
                        row.getLong("other"),
                        row.getString("decided_by"),
                        row.getTimestamp("decided_at").toInstant()))
            .list();
    Map<Long, Participant> files =
        participants.all(decided.stream().flatMap(d -> Stream.of(d.one(), d.other())).toList());
    return decided.stream()
        .map(d -> new Different(files.get(d.one()), files.get(d.other()), d.by(), d.at()))
        .toList();
  }

  /** These two cases are of different people: they are not shown as a pair again. */
  public void areDifferent(long oneId, long otherId) {
    Participant one = participants.get(oneId);
    Participant other = participants.get(otherId);
    requireTwoOfOneBoard(one, other);
    int decided =
        jdbc.sql(
                """
                insert into different_people (one, other, decided_by, decided_at)
                values (least(:one, :other), greatest(:one, :other), :by, :now)
                on conflict do nothing
                """)
            .param("one", oneId)
            .param("other", otherId)
            .param("by", CurrentUser.name())
            .param("now", now())
            .update();
    if (decided == 1) {
      tellBoth(one, other, "Not the same person as in case ");
    }
  }

  /** They may be one person after all. */
  public void mayBeOne(long oneId, long otherId) {
    int undone =
        jdbc.sql(
                """
                delete from different_people
                 where one = least(:one, :other) and other = greatest(:one, :other)
                """)
            .param("one", oneId)
            .param("other", otherId)
            .update();
    if (undone == 1) {
      tellBoth(
          participants.get(oneId),
          participants.get(otherId),
          "No longer held to be somebody else than in case ");
    }
  }

  /**
   * Locks both files, in the order that everybody locks in; refuses a merge that makes no sense.
   *
   * @throws BadInput with the reason
   */
  public void beginMerge(long keptId, long otherId) {
    // A report that is being imported would leave what it brings with the other case.
    jdbc.sql("select pg_advisory_xact_lock_shared(hashtext('coursera-report'))")
        .query()
        .listOfRows();
    participants.lock(Math.min(keptId, otherId));
    participants.lock(Math.max(keptId, otherId));
    Participant kept = participants.get(keptId);
    Participant other = participants.get(otherId);
    requireTwoOfOneBoard(kept, other);
    for (Participant each : List.of(kept, other)) {
      if (each.mergedInto() != null) {
        throw new BadInput(
            null,
            "Case %s was merged into case %s already."
                .formatted(each.caseNumber(), each.mergedInto()));
      }
      if (each.closedReason() == ClosedReason.MOVED) {
        throw new BadInput(
            null,
            "Case %s has moved to another board, and goes on there: there is nothing to merge."
                .formatted(each.caseNumber()));
      }
    }
    if (kept.closedAt() != null) {
      throw new BadInput(
          null,
          other.closedAt() != null
              ? "Both cases are closed: there is nothing to merge."
              : "Case %s is closed: keep case %s, which is open."
                  .formatted(kept.caseNumber(), other.caseNumber()));
    }
    if (other.closedAt() == null && other.stage().compareTo(kept.stage()) > 0) {
      throw new BadInput(
          null,
          "Case %s has come further (%s) than case %s (%s): keep case %s, and choose of each field what it says."
              .formatted(
                  other.caseNumber(),
                  other.stage().label(),
                  kept.caseNumber(),
                  kept.stage().label(),
                  other.caseNumber()));
    }
  }

  /**
   * Brings what the other case has into the kept one: addresses, services, dates, a referral that
   * waits; and, through {@link CasesMerged}, what the other rooms keep of it. The story and the
   * mails stay where they are, and are read with the kept one's. To be begun with {@link
   * #beginMerge}; the other case is closed before.
   */
  public void merge(long keptId, long otherId) {
    Participant kept = participants.get(keptId);
    Participant other = participants.get(otherId);
    jdbc.sql("update participant set merged_into = ? where id = ?")
        .params(keptId, otherId)
        .update();
    jdbc.sql("update participant set person_id = ? where person_id = ?")
        .params(kept.personId(), other.personId())
        .update();
    jdbc.sql(
            """
            update participant k
               set invited_on = coalesce(k.invited_on, o.invited_on),
                   joined_at = least(k.joined_at, o.joined_at),
                   checked_in_at = greatest(k.checked_in_at, o.checked_in_at)
              from participant o where k.id = ? and o.id = ?
            """)
        .params(keptId, otherId)
        .update();
    jdbc.sql(
            """
            insert into participant_email (participant_id, email, source, added_at)
            select ?, email, source, added_at from participant_email where participant_id = ?
            on conflict do nothing
            """)
        .params(keptId, otherId)
        .update();
    jdbc.sql(
            """
            insert into service_received
              (participant_id, service, received_on, enrolling, recorded_by, recorded_at)
            select :kept, service, received_on, enrolling, recorded_by, recorded_at
              from service_received o
             where participant_id = :other and not exists (
               select from service_received k
                where k.participant_id = :kept and k.service = o.service
                  and k.received_on = o.received_on)
             order by id
            """)
        .param("kept", keptId)
        .param("other", otherId)
        .update();
    jdbc.sql("update referral set duplicate_of = ? where duplicate_of = ? and decision is null")
        .params(keptId, otherId)
        .update();
    events.publishEvent(new CasesMerged(keptId, otherId, kept.personId(), other.personId()));
    timeline.add(
        keptId,
        Timeline.Subject.REFERRAL,
        "Case " + other.caseNumber() + " merged into this one",
        null);
    timeline.add(otherId, Timeline.Subject.REFERRAL, "Merged into case " + kept.caseNumber(), null);
  }

  private void tellBoth(Participant one, Participant other, String what) {
    timeline.add(one.id(), Timeline.Subject.REFERRAL, what + other.caseNumber(), null);
    timeline.add(other.id(), Timeline.Subject.REFERRAL, what + one.caseNumber(), null);
  }

  private static void requireTwoOfOneBoard(Participant one, Participant other) {
    if (one.id() == other.id()) {
      throw new BadInput(null, "These are not two cases: choose another.");
    }
    if (!one.board().equals(other.board())) {
      throw new BadInput(
          null,
          "Cases %s and %s are of different boards: only cases of one board can be one."
              .formatted(one.caseNumber(), other.caseNumber()));
    }
  }

  private Timestamp now() {
    return Timestamp.from(clock.instant());
  }
}

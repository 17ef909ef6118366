package org.lwdb.casework.learning;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.lwdb.casework.BadInput;
import org.lwdb.casework.CurrentUser;
import org.lwdb.casework.NotFound;
import org.lwdb.casework.Page;
import org.lwdb.casework.learning.UnmatchedLearner.Candidate;
import org.lwdb.casework.learning.UnmatchedLearner.Ignored;
import org.lwdb.casework.learning.UnmatchedLearner.Sign;
import org.lwdb.casework.participant.ClosedReason;
import org.lwdb.casework.participant.Participant;
import org.lwdb.casework.participant.ParticipantFile;
import org.lwdb.casework.participant.Participants;
import org.lwdb.casework.participant.Text;
import org.lwdb.casework.participant.Timeline;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * The learners behind the rows of reports that wait for a participant, for a person to decide whose
 * they are. What is decided is remembered for the next file; what follows from the rows happens
 * where it always does, within seconds. Everybody sees the learners of the reports that were
 * imported for boards of theirs.
 */
@Service
@Transactional
public class UnmatchedLearners {

  private static final String MY_ROWS =
      """
        from unmatched_row u join coursera_report r on r.id = u.report_id
       where r.boards <@ cast(:boards as text[]) and r.boards <> '{}' and not u.due
      """;

  private static final String LEARNERS =
      """
      with learner as (
        select lower(u.email) as email, upper(u.external_id) as external_id, r.boards,
               max(u.id) as id, max(u.name) as name, count(*) as rows, max(u.kept_at) as kept_at,
               max(u.other_case) as other_case,
               max(greatest(u.last_activity_at, u.enrolled_at, u.joined_at)) as active_at
      """
          + MY_ROWS
          + """
         group by lower(u.email), upper(u.external_id), r.boards),
      listed as (
        select l.*, i.reason, i.ignored_by, i.ignored_at
          from learner l left join ignored_learner i using (email, external_id, boards)
         where (i.reason is not null) = :ignored
           and (:query = '' or lower(l.name) like :query or l.email like :query
             or lower(l.external_id) like :query))
      """;

  /**
   * Who may be meant: at most three for each, of the boards that the report was imported for.
   * Similar names are found by the index that the desk searches with.
   */
  private static final String CANDIDATES =
      """
      with line as (
        select u.id, lower(u.email) as email, split_part(lower(u.email), '@', 1) as local_part,
               upper(u.external_id) as external_id, lower(u.name) as name, r.boards
          from unmatched_row u join coursera_report r on r.id = u.report_id
         where u.id = any (:ids)),
      hit (line, participant_id, sign) as (
        select l.id, p.id, 0
          from line l join participant p on p.case_number = l.external_id
        union all
        select l.id, e.participant_id, 1
          from line l join participant_email e using (email)
        union all
        select l.id, p.id, 2
          from line l join participant p
            on p.board_id = any (l.boards) and p.osos_id = l.external_id
         where l.external_id <> ''
        union all
        select l.id, m.participant_id, 3
          from line l join matched_learner m using (external_id)
         where l.external_id <> ''
        union all
        select l.id, same.participant_id, 4
          from line l cross join lateral (
            select e.participant_id
              from participant_email e join participant p on p.id = e.participant_id
             where split_part(e.email, '@', 1) = l.local_part and p.board_id = any (l.boards)
             limit 20) same
         where length(l.local_part) >= 4
        union all
        select l.id, same.id, 5
          from line l cross join lateral (
            select p.id
              from participant p
             where l.name <% lower(p.first_name || ' ' || p.last_name || ' ' || p.case_number
                                   || ' ' || coalesce(p.osos_id, ''))
               and similarity(lower(p.first_name || ' ' || p.last_name), l.name) > 0.4
               and p.board_id = any (l.boards)
             order by similarity(lower(p.first_name || ' ' || p.last_name), l.name) desc
             limit 5) same),
      candidate as (
        select l.id as line, p.id, array_agg(distinct h.sign order by h.sign) as signs,
               p.closed_at is null as open,
               similarity(lower(p.first_name || ' ' || p.last_name), l.name) as alike
          from hit h join line l on l.id = h.line join participant p on p.id = h.participant_id
         where p.board_id = any (l.boards) and p.merged_into is null
           and p.closed_reason is distinct from 'MOVED'
         group by l.id, l.name, p.id)
      select line, id, signs
        from (select c.*, row_number() over (partition by line
                       order by least(signs[1], 4), cardinality(signs) desc, alike desc,
                                open desc, id desc) as place
                from candidate c) ranked
       where place <= 3 order by line, place
      """;

  private final JdbcClient jdbc;
  private final Participants participants;
  private final ParticipantFile file;
  private final Timeline timeline;
  private final Clock clock;

  UnmatchedLearners(
      JdbcClient jdbc,
      Participants participants,
      ParticipantFile file,
      Timeline timeline,
      Clock clock) {
    this.jdbc = jdbc;
    this.participants = participants;
    this.file = file;
    this.timeline = timeline;
    this.clock = clock;
  }

  /**
   * The learners that wait, contradictions first, then the latest active; or those that are
   * ignored.
   *
   * @param query a part of a name, an address or an external id; null or blank: all
   */
  public Page<UnmatchedLearner> list(
      String query, boolean ignored, Set<String> boards, Page.Request page) {
    String given = Text.note("query", query);
    Map<String, Object> params =
        Map.of(
            "boards",
            boards.toArray(String[]::new),
            "ignored",
            ignored,
            "query",
            given == null
                ? ""
                : "%" + given.toLowerCase(Locale.ROOT).replaceAll("([\\\\%_])", "\\\\$1") + "%");
    List<UnmatchedLearner> learners =
        jdbc.sql(
                LEARNERS
                    + """
                    select l.*, array(
                             select distinct coalesce(u.course, u.slug, u.course_id)
                    """
                    + MY_ROWS
                    + """
                                and lower(u.email) = l.email
                                and upper(u.external_id) = l.external_id and r.boards = l.boards
                                and u.course_id is not null
                              order by 1) as courses
                      from (select * from listed
                             order by other_case is null, active_at desc nulls last, id desc
                             limit :size offset :offset) l
                     order by l.other_case is null, l.active_at desc nulls last, l.id desc
                    """)
            .params(params)
            .param("size", page.size())
            .param("offset", page.offset())
            .query(UnmatchedLearners::learner)
            .list();
    return Page.of(
        withCandidates(learners),
        page,
        jdbc.sql(LEARNERS + "select count(*) from listed")
            .params(params)
            .query(Long.class)
            .single());
  }

  /** One learner, with the candidates. */
  public UnmatchedLearner get(long id, Set<String> boards) {
    return withCandidates(List.of(require(id, boards))).get(0);
  }

  /**
   * These rows are this participant's, and so are those of the next files that name the learner so:
   * the address becomes known, unless it is somebody else's; an external id is remembered with the
   * address that it stands beside.
   *
   * @throws BadInput when the participant cannot be meant
   */
  public void match(long id, String caseNumber, Set<String> boards) {
    match(require(id, boards), caseNumber);
  }

  /** The same with a learner that was read before, such as by whoever opened a case meanwhile. */
  public void match(UnmatchedLearner learner, String caseNumber) {
    Participant participant = participants.require(caseNumber, Set.copyOf(learner.boards()));
    requireFits(learner, participant);
    if (!learner.email().isEmpty() && !isKnown(learner)) {
      file.alsoKnownAs(participant.id(), learner.email(), "MATCHED");
    }
    if (!learner.externalId().isEmpty()) {
      jdbc.sql(
              """
              insert into matched_learner (participant_id, email, external_id, matched_by, matched_at)
              values (:participant, :email, :externalId, :by, :now)
              on conflict (email, external_id, participant_id)
                do update set matched_by = excluded.matched_by, matched_at = excluded.matched_at
              """)
          .param("participant", participant.id())
          .param("email", learner.email())
          .param("externalId", learner.externalId())
          .param("by", CurrentUser.name())
          .param("now", now())
          .update();
    }
    jdbc.sql(
            """
            update unmatched_row set due = true
             where lower(email) = ? and upper(external_id) = ?
            """)
        .params(learner.email(), learner.externalId())
        .update();
    timeline.add(
        participant.id(),
        Timeline.Subject.LEARNING,
        "Matched with a learner of Coursera's reports",
        String.join(
            ", ",
            Stream.of(
                    learner.name(),
                    learner.email(),
                    learner.externalId().isEmpty() ? "" : "external ID " + learner.externalId())
                .filter(text -> !text.isEmpty())
                .toList()));
  }

  /** Nobody is to look at this learner again, in these files and the next ones. */
  public void ignore(long id, String reason, Set<String> boards) {
    UnmatchedLearner learner = require(id, boards);
    String why = Text.note("reason", reason);
    if (why == null) {
      throw new BadInput("reason", "Write down why this learner is ignored.");
    }
    jdbc.sql(
            """
            insert into ignored_learner (boards, email, external_id, reason, ignored_by, ignored_at)
            values (:boards, :email, :externalId, :reason, :by, :now)
            on conflict do nothing
            """)
        .param("boards", learner.boards().toArray(String[]::new))
        .param("email", learner.email())
        .param("externalId", learner.externalId())
        .param("reason", why)
        .param("by", CurrentUser.name())
        .param("now", now())
        .update();
  }

  /** The learner is looked at again. */
  public void stopIgnoring(long id, Set<String> boards) {
    UnmatchedLearner learner = require(id, boards);
    jdbc.sql(
            "delete from ignored_learner where boards = cast(? as text[]) and email = ? and external_id = ?")
        .params(learner.boards().toArray(String[]::new), learner.email(), learner.externalId())
        .update();
  }

  private UnmatchedLearner require(long id, Set<String> boards) {
    return jdbc.sql(
            """
            select lower(u.email) as email, upper(u.external_id) as external_id, r.boards, u.id,
                   u.name, 1 as rows, u.kept_at, u.other_case, u.last_activity_at as active_at,
                   array[coalesce(u.course, u.slug, u.course_id, '')] as courses,
                   i.reason, i.ignored_by, i.ignored_at
              from unmatched_row u join coursera_report r on r.id = u.report_id
              left join ignored_learner i
                on i.email = lower(u.email) and i.external_id = upper(u.external_id)
               and i.boards = r.boards
             where u.id = :id and r.boards <@ cast(:boards as text[]) and r.boards <> '{}'
               and not u.due
            """)
        .param("id", id)
        .param("boards", boards.toArray(String[]::new))
        .query(UnmatchedLearners::learner)
        .optional()
        .orElseThrow(
            () ->
                new NotFound(
                    "There is no such learner: the rows were matched since, or a newer file took"
                        + " their place. Load the list again."));
  }

  private void requireFits(UnmatchedLearner learner, Participant participant) {
    if (participant.mergedInto() != null) {
      throw new BadInput(
          "caseNumber",
          "Case %s was merged into case %s: choose that one."
              .formatted(participant.caseNumber(), participant.mergedInto()));
    }
    if (participant.closedReason() == ClosedReason.MOVED) {
      throw new BadInput(
          "caseNumber",
          "Case " + participant.caseNumber() + " has moved to another board, and goes on there.");
    }
    if (learner.email().isEmpty() && severalNames(learner)) {
      throw new BadInput(
          "caseNumber",
          "Rows without an address name several people beside the external id "
              + learner.externalId()
              + ". Correct it in Coursera: nobody can be told by it.");
    }
  }

  private boolean severalNames(UnmatchedLearner learner) {
    return jdbc.sql(
            """
            select count(distinct lower(name)) > 1 from unmatched_row
             where lower(email) = '' and upper(external_id) = ?
            """)
        .param(learner.externalId())
        .query(Boolean.class)
        .single();
  }

  /** Whether a case of the report's boards has the address. */
  private boolean isKnown(UnmatchedLearner learner) {
    return jdbc.sql(
            """
            select exists (
              select from participant_email e join participant p on p.id = e.participant_id
               where e.email = ? and p.board_id = any (?))
            """)
        .params(learner.email(), learner.boards().toArray(String[]::new))
        .query(Boolean.class)
        .single();
  }

  private List<UnmatchedLearner> withCandidates(List<UnmatchedLearner> learners) {
    record Hit(long line, long participant, List<Sign> signs) {}
    List<Hit> hits =
        jdbc.sql(CANDIDATES)
            .param("ids", learners.stream().map(UnmatchedLearner::id).toArray(Long[]::new))
            .query(
                (row, n) ->
                    new Hit(
                        row.getLong("line"),
                        row.getLong("id"),
                        Stream.of((Integer[]) row.getArray("signs").getArray())
                            .map(sign -> Sign.values()[sign])
                            .toList()))
            .list();
    Map<Long, Participant> files = participants.all(hits.stream().map(Hit::participant).toList());
    Map<Long, List<Candidate>> candidates = new HashMap<>();
    hits.forEach(
        hit ->
            candidates
                .computeIfAbsent(hit.line(), line -> new ArrayList<>())
                .add(new Candidate(files.get(hit.participant()), hit.signs())));
    return learners.stream().map(l -> with(l, candidates.getOrDefault(l.id(), List.of()))).toList();
  }

  private static UnmatchedLearner with(UnmatchedLearner learner, List<Candidate> candidates) {
    return new UnmatchedLearner(
        learner.id(),
        learner.name(),
        learner.email(),
        learner.externalId(),
        learner.boards(),
        learner.contradicts(),
        learner.rows(),
        learner.courses(),
        learner.lastActivity(),
        learner.reportedAt(),
        candidates,
        learner.ignored());
  }

  private static UnmatchedLearner learner(ResultSet row, int n) throws SQLException {
    return new UnmatchedLearner(
        row.getLong("id"),
        row.getString("name"),
        row.getString("email"),
        row.getString("external_id"),
        List.of((String[]) row.getArray("boards").getArray()),
        row.getString("other_case"),
        row.getInt("rows"),
        List.of((String[]) row.getArray("courses").getArray()),
        instant(row, "active_at"),
        instant(row, "kept_at"),
        List.of(),
        row.getString("reason") == null
            ? null
            : new Ignored(
                row.getString("reason"), row.getString("ignored_by"), instant(row, "ignored_at")));
  }

  private static Instant instant(ResultSet row, String column) throws SQLException {
    Timestamp at = row.getTimestamp(column);
    return at == null ? null : at.toInstant();
  }

  private Timestamp now() {
    return Timestamp.from(clock.instant());
  }
}

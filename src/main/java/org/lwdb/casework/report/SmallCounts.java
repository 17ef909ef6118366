package org.lwdb.casework.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.lwdb.casework.report.CourseResults.Results;

/**
 * Withholds what would speak of a few people only, where figures leave their board ({@code
 * casework.results.suppress-below}). A count from 1 to below the threshold is small.
 *
 * <p>Of a row with a small enrollment nothing is told. Where one of the parts of its enrollment is
 * small (active, lately active, completed, removed, or the difference of two), only the enrollment
 * is told: each of them could be had from the others, as could rate, median, hours and reminders.
 *
 * <p>What is withheld must not be had by subtraction either: the courses and the partners add up to
 * the total, the courses of a partner to the partner, and the months to the total. So at least two
 * of what adds up are withheld, the smallest after those that must be, and what they hide together
 * is not small.
 *
 * <p>Not guarded is what asking several times brings: two periods or filters that differ by a few
 * people, or all boards but one against all. Who may see several boards' figures may see each
 * board's participants; the setting is for what they hand on.
 */
final class SmallCounts {

  private static final int SHOWN = 0;
  private static final int ENROLLED_ONLY = 1;
  private static final int WITHHELD = 2;

  private final int threshold;

  SmallCounts(int threshold) {
    this.threshold = threshold;
  }

  /** A row, and how much of it is withheld: it only becomes more. */
  private static final class Row {
    private final int enrolled;
    private final int[] parts;
    private int level;

    Row(int enrolled, int... parts) {
      this.enrolled = enrolled;
      this.parts = parts;
    }

    boolean raise(int to) {
      boolean raised = to > level;
      level = Math.max(level, to);
      return raised;
    }
  }

  Results withhold(Results results) {
    Row total = row(results.total());
    List<Row> courses = results.courses().stream().map(c -> row(c.figures())).toList();
    List<Row> partners = results.partners().stream().map(p -> row(p.figures())).toList();
    List<Row> cohorts = results.cohorts().stream().map(this::row).toList();
    boolean again = true;
    while (again) {
      again = protect(partners, total);
      for (int i = 0; i < partners.size(); i++) {
        String partner = results.partners().get(i).partner();
        List<Row> own =
            IntStream.range(0, courses.size())
                .filter(n -> Objects.equals(results.courses().get(n).partner(), partner))
                .mapToObj(courses::get)
                .toList();
        again |= hideWith(partners.get(i), own) | protect(own, partners.get(i));
      }
      again |= protect(courses, total);
    }
    protectEnrollment(cohorts, total);
    return new Results(
        results.asOf(),
        shown(results.total(), total.level),
        IntStream.range(0, courses.size())
            .mapToObj(
                i -> {
                  CourseResult c = results.courses().get(i);
                  return new CourseResult(
                      c.courseId(),
                      c.slug(),
                      c.name(),
                      c.partner(),
                      shown(c.figures(), courses.get(i).level));
                })
            .toList(),
        IntStream.range(0, partners.size())
            .mapToObj(
                i -> {
                  PartnerResult p = results.partners().get(i);
                  return new PartnerResult(
                      p.partner(), p.courses(), shown(p.figures(), partners.get(i).level));
                })
            .toList(),
        IntStream.range(0, cohorts.size())
            .mapToObj(
                i -> {
                  Cohort cohort = results.cohorts().get(i);
                  return switch (cohorts.get(i).level) {
                    case SHOWN -> cohort;
                    case ENROLLED_ONLY -> cohort.enrolledOnly();
                    default -> cohort.withheldAll();
                  };
                })
            .toList(),
        threshold);
  }

  /** So that the sum, as far as it is told, tells nothing of what its rows withhold. */
  private boolean protect(List<Row> rows, Row sum) {
    boolean changed = protectEnrollment(rows, sum);
    while (sum.level == SHOWN) {
      List<Row> hidden = atLeast(ENROLLED_ONLY, rows);
      if (hidden.isEmpty() || hidden.size() > 1 && levelOf(added(hidden)) == SHOWN) {
        return changed;
      }
      changed = true;
      raiseSmallest(rows, sum, ENROLLED_ONLY);
    }
    return changed;
  }

  private boolean protectEnrollment(List<Row> rows, Row sum) {
    boolean changed = false;
    while (sum.level < WITHHELD) {
      List<Row> hidden = atLeast(WITHHELD, rows);
      if (hidden.isEmpty() || hidden.size() > 1 && !small(added(hidden).enrolled)) {
        return changed;
      }
      changed = true;
      raiseSmallest(rows, sum, WITHHELD);
    }
    return changed;
  }

  /** Where no row is left, the sum is withheld itself. */
  private static void raiseSmallest(List<Row> rows, Row sum, int level) {
    rows.stream()
        .filter(row -> row.level < level)
        .min(Comparator.comparingInt(row -> row.enrolled))
        .orElse(sum)
        .raise(level);
  }

  /** Rows that are all told would tell their sum. */
  private static boolean hideWith(Row sum, List<Row> rows) {
    if (sum.level == SHOWN || !atLeast(sum.level, rows).isEmpty()) {
      return false;
    }
    return rows.stream()
        .min(Comparator.comparingInt(row -> row.enrolled))
        .map(row -> row.raise(sum.level))
        .orElse(false);
  }

  private static List<Row> atLeast(int level, List<Row> rows) {
    return rows.stream().filter(row -> row.level >= level).toList();
  }

  private static Row added(List<Row> rows) {
    int[] parts = new int[rows.get(0).parts.length];
    for (Row row : rows) {
      for (int i = 0; i < parts.length; i++) {
        parts[i] += row.parts[i];
      }
    }
    return new Row(rows.stream().mapToInt(row -> row.enrolled).sum(), parts);
  }

  private Row row(Figures figures) {
    return leveled(
        new Row(
            figures.enrolled(),
            figures.active(),
            figures.activeLast30Days(),
            figures.active() - figures.activeLast30Days(),
            figures.completed(),
            figures.enrolled() - figures.active() - figures.completed()));
  }

  /** The parts: who completed in each of the three spans, and who has not. */
  private Row row(Cohort cohort) {
    List<Integer> parts = new ArrayList<>();
    int before = 0;
    for (Integer within :
        Stream.of(cohort.within30Days(), cohort.within60Days(), cohort.within90Days())
            .filter(Objects::nonNull)
            .toList()) {
      parts.add(within - before);
      before = within;
    }
    parts.add(cohort.enrolled() - before);
    return leveled(
        new Row(cohort.enrolled(), parts.stream().mapToInt(Integer::intValue).toArray()));
  }

  private Row leveled(Row row) {
    row.raise(levelOf(row));
    return row;
  }

  private int levelOf(Row row) {
    return small(row.enrolled)
        ? WITHHELD
        : IntStream.of(row.parts).anyMatch(this::small) ? ENROLLED_ONLY : SHOWN;
  }

  private boolean small(int count) {
    return count > 0 && count < threshold;
  }

  private static Figures shown(Figures figures, int level) {
    return switch (level) {
      case SHOWN -> figures;
      case ENROLLED_ONLY -> figures.enrolledOnly();
      default -> figures.withheldAll();
    };
  }
}

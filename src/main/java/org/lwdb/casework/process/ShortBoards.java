package org.lwdb.casework.process;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.lwdb.casework.localarea.Administrators;
import org.lwdb.casework.localarea.Administrators.Administrator;
import org.lwdb.casework.localarea.Board;
import org.lwdb.casework.localarea.TooFewAdministrators;
import org.lwdb.casework.mail.StaffMail;
import org.lwdb.casework.mail.Template;
import org.lwdb.casework.process.access.Accounts;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Writes once a week to the supervisors and administrators of each board that has fewer than two
 * active Coursera administrators, until that is mended (advisory, Action).
 */
@Component
public class ShortBoards {

  private final TooFewAdministrators tooFew;
  private final Administrators administrators;
  private final Accounts accounts;
  private final StaffMail mail;
  private final TransactionTemplate transaction;

  ShortBoards(
      TooFewAdministrators tooFew,
      Administrators administrators,
      Accounts accounts,
      StaffMail mail,
      TransactionTemplate transaction) {
    this.tooFew = tooFew;
    this.administrators = administrators;
    this.accounts = accounts;
    this.mail = mail;
    this.transaction = transaction;
  }

  public void warn() {
    for (Board board : tooFew.toWarn()) {
      transaction.executeWithoutResult(status -> warn(board));
    }
  }

  /** A board of which nobody works here is not written to. */
  private void warn(Board board) {
    List<Administrator> active =
        administrators.of(board.id()).stream().filter(Administrator::active).toList();
    Set<String> to = new LinkedHashSet<>(accounts.supervisorsEmails(board.id()));
    active.forEach(one -> to.add(one.email()));
    if (!to.isEmpty() && tooFew.claim(board.id())) {
      mail.send(
          board.id(),
          Template.TOO_FEW_ADMINISTRATORS,
          List.copyOf(to),
          Map.of("active", active.size()));
    }
  }
}

package org.lwdb.casework.process.access;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.identity.Group;
import org.camunda.bpm.engine.identity.User;
import org.camunda.bpm.engine.identity.UserQuery;
import org.camunda.bpm.engine.task.Task;
import org.lwdb.casework.localarea.Administrators;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/**
 * The accounts of a board's people, and what becomes of them when an administrator comes or leaves.
 */
@Component
public class Accounts {

  /** Whoever is in one of these groups belongs to every board, or to none. */
  private static final List<String> OF_NO_BOARD = List.of(Groups.NYSDOL, Groups.CAMUNDA_ADMIN);

  /**
   * An administrator's account.
   *
   * @param link with which a new one's password is chosen; null for an account that was there
   */
  public record Begun(String username, String link) {}

  private final IdentityService identity;
  private final TaskService tasks;
  private final Administrators administrators;
  private final FirstPasswords passwords;

  Accounts(
      @Lazy IdentityService identity,
      @Lazy TaskService tasks,
      Administrators administrators,
      FirstPasswords passwords) {
    this.identity = identity;
    this.tasks = tasks;
    this.administrators = administrators;
    this.passwords = passwords;
  }

  /** The addresses of the board's supervisors. */
  public List<String> supervisorsEmails(String board) {
    return BoundBoard.in(board, () -> emails(supervisors(board)));
  }

  /** The addresses of NYSDOL's people. */
  public List<String> nysdolsEmails(String board) {
    return BoundBoard.in(
        board, () -> emails(identity.createUserQuery().memberOfGroup(Groups.NYSDOL)));
  }

  /** Whether somebody else than these two can decide as a supervisor of the board. */
  public boolean hasOtherSupervisor(String board, String username, String email) {
    return BoundBoard.in(
        board,
        () ->
            supervisors(board).list().stream()
                .anyMatch(
                    one ->
                        !one.getId().equals(username)
                            && (email == null || !email.equalsIgnoreCase(one.getEmail()))));
  }

  /** Whether an account has a role in the board. */
  public boolean works(String board, String username) {
    return BoundBoard.in(
        board,
        () ->
            identity.createGroupQuery().groupMember(username).count() > 0
                && identity
                        .createTenantQuery()
                        .tenantId(board)
                        .userMember(username)
                        .includingGroupsOfUser(true)
                        .count()
                    > 0);
  }

  /** The address of an account; null for none. */
  public String email(String board, String username) {
    return BoundBoard.in(
        board,
        () ->
            Optional.ofNullable(identity.createUserQuery().userId(username).singleResult())
                .map(User::getEmail)
                .filter(email -> !email.isBlank())
                .orElse(null));
  }

  /** A person's name as it stands under a document, the user name where there is none. */
  public String name(String board, String username) {
    return BoundBoard.in(
        board,
        () ->
            Optional.ofNullable(identity.createUserQuery().userId(username).singleResult())
                .map(user -> (text(user.getFirstName()) + " " + text(user.getLastName())).strip())
                .filter(name -> !name.isEmpty())
                .orElse(username));
  }

  /** A person's groups as people read them: {@code Supervisors}. */
  public String title(String board, String username) {
    return BoundBoard.in(
        board,
        () ->
            String.join(
                ", ",
                identity
                    .createGroupQuery()
                    .groupMember(username)
                    .orderByGroupName()
                    .asc()
                    .list()
                    .stream()
                    .map(Group::getName)
                    .toList()));
  }

  /**
   * Whether the account with this address works for others: as an administrator it would have that
   * role there, too.
   */
  public boolean worksElsewhere(String board, String email) {
    return BoundBoard.in(
        board,
        () ->
            withEmail(email)
                .filter(
                    user ->
                        identity.createTenantQuery().userMember(user.getId()).list().stream()
                                .anyMatch(tenant -> !tenant.getId().equals(board))
                            || identity.createGroupQuery().groupMember(user.getId()).list().stream()
                                .anyMatch(group -> OF_NO_BOARD.contains(group.getId())))
                .isPresent());
  }

  /**
   * Ends an administrator's access, after the register: the role at once, and the board unless the
   * person has another role, such as local staff. Claimed tasks go back to the group. A session
   * that is open ends with its next request, for it has no role any more.
   *
   * @param username null: the person has no account
   */
  public void endAdministrator(String board, String username) {
    BoundBoard.in(
        board,
        () -> {
          if (username == null || identity.createUserQuery().userId(username).count() == 0) {
            return null;
          }
          List<String> groups =
              identity.createGroupQuery().groupMember(username).list().stream()
                  .map(Group::getId)
                  .toList();
          boolean elsewhere = administrators.serves(username);
          if (!elsewhere && groups.contains(Groups.COURSERA_ADMINISTRATORS)) {
            identity.deleteMembership(username, Groups.COURSERA_ADMINISTRATORS);
          }
          if (elsewhere || groups.stream().allMatch(Groups.COURSERA_ADMINISTRATORS::equals)) {
            identity.deleteTenantUserMembership(board, username);
          }
          for (Task task :
              tasks.createTaskQuery().taskAssignee(username).tenantIdIn(board).list()) {
            tasks.setAssignee(task.getId(), null);
          }
          return null;
        });
  }

  /** Begins an administrator's access, with the account of this address or a new one. */
  public Begun beginAdministrator(String board, String name, String email) {
    return BoundBoard.in(
        board,
        () -> {
          Optional<User> known = withEmail(email);
          String username = known.map(User::getId).orElseGet(() -> create(name, email));
          if (identity
                  .createGroupQuery()
                  .groupId(Groups.COURSERA_ADMINISTRATORS)
                  .groupMember(username)
                  .count()
              == 0) {
            identity.createMembership(username, Groups.COURSERA_ADMINISTRATORS);
          }
          if (identity.createTenantQuery().tenantId(board).userMember(username).count() == 0) {
            identity.createTenantUserMembership(board, username);
          }
          return new Begun(username, known.isPresent() ? null : passwords.linkFor(username));
        });
  }

  /** The address of an account follows the register. */
  public void correctEmail(String board, String username, String email) {
    BoundBoard.in(
        board,
        () -> {
          User user = identity.createUserQuery().userId(username).singleResult();
          if (user != null) {
            user.setEmail(email);
            identity.saveUser(user);
          }
          return null;
        });
  }

  private String create(String name, String email) {
    String wanted = email.substring(0, email.indexOf('@')).toLowerCase(Locale.ROOT);
    String base = wanted.replaceAll("[^a-z0-9_.-]", ".");
    String username = base;
    for (int n = 2; identity.createUserQuery().userId(username).count() > 0; n++) {
      username = base + n;
    }
    User user = identity.newUser(username);
    int lastBlank = name.lastIndexOf(' ');
    user.setFirstName(lastBlank < 0 ? "" : name.substring(0, lastBlank));
    user.setLastName(name.substring(lastBlank + 1));
    user.setEmail(email);
    user.setPassword(passwords.unknown());
    identity.saveUser(user);
    return username;
  }

  /** Addresses are the same in small and capital letters, which the engine's query is not told. */
  private Optional<User> withEmail(String email) {
    return identity.createUserQuery().list().stream()
        .filter(user -> email.equalsIgnoreCase(user.getEmail()))
        .findFirst();
  }

  private UserQuery supervisors(String board) {
    return identity.createUserQuery().memberOfGroup(Groups.SUPERVISORS).memberOfTenant(board);
  }

  private static List<String> emails(UserQuery people) {
    return people.list().stream()
        .map(User::getEmail)
        .filter(email -> email != null && !email.isBlank())
        .toList();
  }

  private static String text(String text) {
    return text == null ? "" : text;
  }
}

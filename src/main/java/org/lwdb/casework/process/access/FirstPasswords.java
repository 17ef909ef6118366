package org.lwdb.casework.process.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.identity.PasswordPolicy;
import org.camunda.bpm.engine.identity.User;
import org.lwdb.casework.BadInput;
import org.lwdb.casework.CaseworkSettings;
import org.lwdb.casework.NotFound;
import org.springframework.context.annotation.Lazy;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * The links with which new people choose their first password: each works once, and for a week.
 * Here is only what a link hashes to.
 */
@Component
@Transactional
public class FirstPasswords {

  public static final String PATH = "/first-password/";

  private static final Duration LASTS = Duration.ofDays(7);
  private static final int SHORTEST = 10;

  private final SecureRandom random = new SecureRandom();
  private final IdentityService identity;
  private final JdbcClient jdbc;
  private final CaseworkSettings settings;
  private final Clock clock;

  FirstPasswords(
      @Lazy IdentityService identity, JdbcClient jdbc, CaseworkSettings settings, Clock clock) {
    this.identity = identity;
    this.jdbc = jdbc;
    this.settings = settings;
    this.clock = clock;
  }

  String linkFor(String username) {
    String token = secret();
    jdbc.sql("insert into first_password (token_hash, username, expires_at) values (?, ?, ?)")
        .params(hash(token), username, Timestamp.from(clock.instant().plus(LASTS)))
        .update();
    return settings.publicUrl().replaceAll("/+$", "") + PATH + token;
  }

  /** A password that nobody knows and every policy takes. */
  String unknown() {
    return secret() + "aA1!";
  }

  /** Whose link this is; empty if it was used, is too old, or none at all. */
  @Transactional(readOnly = true)
  public Optional<String> usernameOf(String token) {
    return find(token, "");
  }

  /**
   * Sets the password that the person chose; the link works no more.
   *
   * @throws NotFound if the link was used, is too old, or none at all
   * @throws BadInput if the password is too weak
   */
  public void choose(String token, String password) {
    String username =
        find(token, " for update")
            .orElseThrow(() -> new NotFound("This link has been used, or is too old."));
    User user = identity.createUserQuery().userId(username).singleResult();
    if (user == null) {
      throw new NotFound("This account is no more.");
    }
    PasswordPolicy policy = identity.getPasswordPolicy();
    if (password.length() < SHORTEST
        || policy != null
            && !identity.checkPasswordAgainstPolicy(policy, password, user).isValid()) {
      throw new BadInput(
          "password",
          "This password is too weak: use ten characters or more with upper and lower case, a digit"
              + " and a special character, and neither your name nor your user name.");
    }
    user.setPassword(password);
    identity.saveUser(user);
    jdbc.sql("update first_password set used_at = ? where token_hash = ?")
        .params(Timestamp.from(clock.instant()), hash(token))
        .update();
  }

  private Optional<String> find(String token, String how) {
    return jdbc.sql(
            """
            select username from first_password
             where token_hash = ? and used_at is null and expires_at > ?
            """
                + how)
        .params(hash(token), Timestamp.from(clock.instant()))
        .query(String.class)
        .optional();
  }

  private String secret() {
    byte[] bytes = new byte[32];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static byte[] hash(String token) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}

package org.lwdb.casework.mail;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.security.SecureRandom;
import java.sql.Timestamp;
import java.text.ParseException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.Optional;
import org.lwdb.casework.CaseworkSettings;
import org.lwdb.casework.NotFound;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The links in a learner's mails: signed, so that nobody can answer for, or stop the mails of,
 * another. They are valid for a year.
 */
@Service
public class LearnerLinks {

  /** What the learner does by following a link. */
  public enum Action {
    INTERESTED,
    NOT_INTERESTED,
    CALL_ME,
    STOP_MAILS
  }

  /**
   * What a link says.
   *
   * @param participantId the person's case of today: after a move, the one in the new board, after
   *     a merge the one that was kept
   */
  public record Claim(long participantId, Action action, String board) {}

  private record Key(long id, byte[] secret) {}

  static final String PATH = "/r/";

  private static final String ACTION = "action";

  private final JdbcClient jdbc;
  private final TransactionTemplate ownTransaction;
  private final CaseworkSettings settings;
  private final Clock clock;

  LearnerLinks(
      JdbcClient jdbc,
      PlatformTransactionManager transactions,
      CaseworkSettings settings,
      Clock clock) {
    this.jdbc = jdbc;
    this.ownTransaction = new TransactionTemplate(transactions);
    this.ownTransaction.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    this.settings = settings;
    this.clock = clock;
  }

  /** The address of the page that does this for this participant, and for no other. */
  public String link(long participantId, Action action) {
    Key key = newestKey().orElseGet(this::makeKey);
    Instant now = clock.instant();
    SignedJWT token =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.HS256).keyID(Long.toString(key.id())).build(),
            new JWTClaimsSet.Builder()
                .subject(Long.toString(participantId))
                .claim(ACTION, action.name())
                .expirationTime(Date.from(now.atOffset(ZoneOffset.UTC).plusYears(1).toInstant()))
                .build());
    try {
      token.sign(new MACSigner(key.secret()));
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
    return settings.publicUrl().replaceAll("/+$", "") + PATH + token.serialize();
  }

  /**
   * What a link's token says.
   *
   * @throws NotFound when it was not made here, was changed, or is older than a year
   */
  public Claim verify(String token) {
    try {
      SignedJWT jwt = SignedJWT.parse(token);
      if (!JWSAlgorithm.HS256.equals(jwt.getHeader().getAlgorithm())
          || !jwt.verify(new MACVerifier(secret(jwt.getHeader().getKeyID())))) {
        throw invalid();
      }
      JWTClaimsSet claims = jwt.getJWTClaimsSet();
      if (claims.getExpirationTime().toInstant().isBefore(clock.instant())) {
        throw invalid();
      }
      Action action = Action.valueOf(claims.getStringClaim(ACTION));
      return jdbc.sql(
              """
              select id, board_id from current_case
               where person_id = (select person_id from participant where id = ?)
              """)
          .param(Long.parseLong(claims.getSubject()))
          .query((row, n) -> new Claim(row.getLong("id"), action, row.getString("board_id")))
          .optional()
          .orElseThrow(LearnerLinks::invalid);
    } catch (ParseException | JOSEException | IllegalArgumentException e) {
      throw invalid();
    }
  }

  private static NotFound invalid() {
    return new NotFound(
        "This link does not work, or no longer works. Please use the link in our latest mail, or"
            + " call us.");
  }

  private byte[] secret(String keyId) {
    return jdbc.sql("select secret from link_key where id = ?")
        .param(Long.parseLong(keyId))
        .query(byte[].class)
        .optional()
        .orElseThrow(LearnerLinks::invalid);
  }

  private Optional<Key> newestKey() {
    return jdbc.sql("select id, secret from link_key order by id desc limit 1")
        .query((row, n) -> new Key(row.getLong("id"), row.getBytes("secret")))
        .optional();
  }

  /** Made on first use; a second node that comes at the same time waits, and takes the first's. */
  private Key makeKey() {
    return ownTransaction.execute(
        status -> {
          jdbc.sql("lock table link_key in share row exclusive mode").update();
          return newestKey()
              .orElseGet(
                  () -> {
                    byte[] secret = new byte[32];
                    new SecureRandom().nextBytes(secret);
                    jdbc.sql("insert into link_key (secret, created_at) values (?, ?)")
                        .params(secret, Timestamp.from(clock.instant()))
                        .update();
                    return newestKey().orElseThrow();
                  });
        });
  }
}

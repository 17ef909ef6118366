package org.lwdb.casework.learning;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Clock;
import org.lwdb.casework.CaseworkSettings;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.client.RestClient;

/** Coursera's API set up for a server of the tests. */
public final class CourseraApis {

  private CourseraApis() {}

  public static CourseraApi at(String url, JdbcClient jdbc, Clock clock, ObjectMapper json) {
    CaseworkSettings.Coursera settings =
        new CaseworkSettings.Coursera(
            url + "/businesses.v1", url + "/token", "org-1", "program-1", "client", "s3cret");
    return new CourseraApi(
        new CaseworkSettings(null, null, null, null, null, null, null, settings, null, null, null),
        jdbc,
        clock,
        json,
        RestClient.builder());
  }
}

package org.lwdb.casework.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.annotation.Annotation;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.List;
import org.lwdb.casework.CurrentUser;
import org.lwdb.casework.Forbidden;
import org.lwdb.casework.process.access.Groups;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Who may enter which door of the API and of the desk, asked before anything of the request is
 * read. Without an annotation a door is open to the people who work with participants, and closed
 * to {@code camunda-admin}.
 */
@Configuration(proxyBeanMethods = false)
public class Doors implements WebMvcConfigurer {

  private static final List<String> STAFF =
      List.of(
          Groups.LOCAL_STAFF, Groups.COURSERA_ADMINISTRATORS, Groups.SUPERVISORS, Groups.NYSDOL);
  private static final List<String> ADMINISTRATORS = STAFF.subList(1, STAFF.size());
  private static final List<String> SUPERVISORS = STAFF.subList(2, STAFF.size());

  /** Open to everyone who is signed in. */
  @Target(ElementType.METHOD)
  @Retention(RetentionPolicy.RUNTIME)
  public @interface OpenToAll {}

  /**
   * What a Coursera administrator does: reports, invitations, inactivation; supervisors and NYSDOL
   * may, too.
   */
  @Target({ElementType.METHOD, ElementType.TYPE})
  @Retention(RetentionPolicy.RUNTIME)
  public @interface ForCourseraAdministrators {}

  /** What a supervisor decides; NYSDOL may, too. */
  @Target({ElementType.METHOD, ElementType.TYPE})
  @Retention(RetentionPolicy.RUNTIME)
  public @interface ForSupervisors {}

  /** The same as {@link ForCourseraAdministrators}, where it depends on what is asked for. */
  public static void requireCourseraAdministrator() {
    require(ADMINISTRATORS);
  }

  @Override
  public void addInterceptors(InterceptorRegistry registry) {
    registry.addInterceptor(new Guard()).addPathPatterns("/api/**", "/desk/**");
  }

  private static class Guard implements HandlerInterceptor {

    @Override
    public boolean preHandle(
        HttpServletRequest request, HttpServletResponse response, Object handler) {
      if (handler instanceof HandlerMethod method) {
        if (isFor(ForCourseraAdministrators.class, method)) {
          require(ADMINISTRATORS);
        } else if (isFor(ForSupervisors.class, method)) {
          require(SUPERVISORS);
        } else if (!method.hasMethodAnnotation(OpenToAll.class)) {
          require(STAFF);
        }
      }
      return true;
    }

    private static boolean isFor(Class<? extends Annotation> people, HandlerMethod method) {
      return method.hasMethodAnnotation(people) || method.getBeanType().isAnnotationPresent(people);
    }
  }

  private static void require(List<String> roles) {
    if (roles.stream().noneMatch(CurrentUser::hasRole)) {
      throw new Forbidden(
          "Your role may not do this. It is for the groups " + String.join(", ", roles) + ".");
    }
  }
}

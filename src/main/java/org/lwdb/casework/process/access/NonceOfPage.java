package org.lwdb.casework.process.access;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.ContentCachingResponseWrapper;

/**
 * Puts the nonce of the page's own header into the page. The webapps of 7.24 keep the nonce of
 * their content security policy in one place for everybody: a request at the same moment changes
 * it, and the page then hangs, because the browser runs none of its scripts.
 */
class NonceOfPage extends OncePerRequestFilter {

  private static final Pattern IN_HEADER = Pattern.compile("'nonce-([A-Za-z0-9_+/=-]+)'");
  private static final Pattern IN_PAGE = Pattern.compile("nonce=\"[^\"]*\"");

  @Override
  protected boolean shouldNotFilter(HttpServletRequest request) {
    return !request.getMethod().equals("GET")
        || !request.getRequestURI().matches(".*/camunda/app/[a-z]+/[A-Za-z0-9_-]+/?");
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    ContentCachingResponseWrapper page = new ContentCachingResponseWrapper(response);
    chain.doFilter(request, page);
    String policy = page.getHeader("Content-Security-Policy");
    Matcher nonce = IN_HEADER.matcher(policy == null ? "" : policy);
    if (nonce.find()) {
      String html = new String(page.getContentAsByteArray(), StandardCharsets.UTF_8);
      page.resetBuffer();
      page.getOutputStream()
          .write(
              IN_PAGE
                  .matcher(html)
                  .replaceAll(Matcher.quoteReplacement("nonce=\"" + nonce.group(1) + "\""))
                  .getBytes(StandardCharsets.UTF_8));
    }
    page.copyBodyToResponse();
  }
}

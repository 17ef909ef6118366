package org.lwdb.casework.process.access;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/** A request with the body that was checked, and another last step of its path if need be. */
class EngineRequest extends HttpServletRequestWrapper {

  private final byte[] body;
  private String lastStep;

  EngineRequest(HttpServletRequest request, byte[] body) {
    super(request);
    this.body = body;
  }

  EngineRequest to(String lastStep) {
    this.lastStep = lastStep;
    return this;
  }

  @Override
  public String getRequestURI() {
    return redirected(super.getRequestURI());
  }

  @Override
  public StringBuffer getRequestURL() {
    return new StringBuffer(redirected(super.getRequestURL().toString()));
  }

  @Override
  public String getServletPath() {
    return super.getPathInfo() == null
        ? redirected(super.getServletPath())
        : super.getServletPath();
  }

  @Override
  public String getPathInfo() {
    return super.getPathInfo() == null ? null : redirected(super.getPathInfo());
  }

  private String redirected(String path) {
    if (lastStep == null) {
      return path;
    }
    String trimmed = path.replaceAll("/+$", "");
    return trimmed.substring(0, trimmed.lastIndexOf('/') + 1) + lastStep;
  }

  @Override
  public int getContentLength() {
    return body.length;
  }

  @Override
  public long getContentLengthLong() {
    return body.length;
  }

  @Override
  public BufferedReader getReader() {
    return new BufferedReader(
        new InputStreamReader(new ByteArrayInputStream(body), StandardCharsets.UTF_8));
  }

  @Override
  public ServletInputStream getInputStream() {
    ByteArrayInputStream bytes = new ByteArrayInputStream(body);
    return new ServletInputStream() {
      @Override
      public int read() {
        return bytes.read();
      }

      @Override
      public int read(byte[] buffer, int offset, int length) {
        return bytes.read(buffer, offset, length);
      }

      @Override
      public boolean isFinished() {
        return bytes.available() == 0;
      }

      @Override
      public boolean isReady() {
        return true;
      }

      @Override
      public void setReadListener(ReadListener listener) {
        throw new UnsupportedOperationException();
      }
    };
  }
}

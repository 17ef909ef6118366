package org.lwdb.casework.mail;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** An SMTP server on the loopback that refuses what a test wants it to refuse. */
class ScriptedSmtp implements AutoCloseable {

  /** Instead of an answer: the server hangs up. */
  static final String HANG_UP = "HANG_UP";

  private final ServerSocket server;
  private final Map<String, String> answers = new ConcurrentHashMap<>();
  private final AtomicInteger connections = new AtomicInteger();

  ScriptedSmtp() throws IOException {
    server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    Thread thread = new Thread(this::serve, "scripted-smtp");
    thread.setDaemon(true);
    thread.start();
  }

  /**
   * @param command GREETING, EHLO, MAIL, RCPT, DATA, "." or QUIT
   */
  ScriptedSmtp answer(String command, String answer) {
    answers.put(command, answer);
    return this;
  }

  int port() {
    return server.getLocalPort();
  }

  int connections() {
    return connections.get();
  }

  private void serve() {
    while (!server.isClosed()) {
      try (Socket socket = server.accept()) {
        connections.incrementAndGet();
        talk(socket);
      } catch (IOException e) {
        // the client or the test hung up
      }
    }
  }

  private void talk(Socket socket) throws IOException {
    BufferedReader in =
        new BufferedReader(
            new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
    OutputStream out = socket.getOutputStream();
    if (!say(out, "GREETING", "220 scripted")) {
      return;
    }
    boolean data = false;
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      String command = data ? line : line.split("[ :]")[0].toUpperCase();
      if (data && !line.equals(".")) {
        continue;
      }
      data = command.equals("DATA") && !answers.containsKey("DATA");
      if (!say(out, command, data ? "354 go on" : command.equals("QUIT") ? "221 bye" : "250 ok")) {
        return;
      }
    }
  }

  private boolean say(OutputStream out, String command, String otherwise) throws IOException {
    String answer = answers.getOrDefault(command, otherwise);
    if (answer.equals(HANG_UP)) {
      return false;
    }
    out.write((answer + "\r\n").getBytes(StandardCharsets.US_ASCII));
    out.flush();
    return true;
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}

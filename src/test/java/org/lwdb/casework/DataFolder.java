package org.lwdb.casework;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The folder of the embedded default's data, for one running application at a time. */
record DataFolder(Path path, FileChannel channel) implements AutoCloseable {

  static DataFolder lock(Path folder) {
    try {
      Path path = Files.createDirectories(folder.toAbsolutePath().normalize());
      FileChannel channel =
          FileChannel.open(
              path.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (!isFree(channel)) {
        channel.close();
        throw new CannotStart(
            "Another application works in "
                + path
                + ": stop it, or name another folder with CASEWORK_DATA.");
      }
      return new DataFolder(path, channel);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isFree(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      return false; // This very program holds it.
    }
  }

  /** Ends the lock; a kill ends it as well. */
  @Override
  public void close() throws IOException {
    channel.close();
  }
}

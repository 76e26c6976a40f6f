package io.gatehouse.keys;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What changes when a file does.
 *
 * @param key which file it is (its inode), so that one that was put in its place is seen whatever its time
 * @param settled whether it was left alone for a while when it was looked at: clocks of file systems are coarse, so a
 *     file may change after we read it and keep its time
 */
record FileStamp(Instant modified, long size, @Nullable Object key, boolean settled) {

    private static final Duration COARSENESS = Duration.ofSeconds(2);

    /** Follows links: a key that is mounted as a secret is a link to a link. */
    static FileStamp of(Path file, Instant now) throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
        if (!attributes.isRegularFile()) {
            throw new IOException("it is no regular file");
        }
        Instant modified = attributes.lastModifiedTime().toInstant();
        return new FileStamp(
                modified,
                attributes.size(),
                attributes.fileKey(),
                modified.plus(COARSENESS).isBefore(now));
    }
}

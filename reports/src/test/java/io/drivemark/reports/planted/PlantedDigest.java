package io.drivemark.reports.planted;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Makes a digest of its own. */
public final class PlantedDigest {
  byte[] digest(byte[] bytes) throws NoSuchAlgorithmException {
    return MessageDigest.getInstance("SHA-256").digest(bytes);
  }
}

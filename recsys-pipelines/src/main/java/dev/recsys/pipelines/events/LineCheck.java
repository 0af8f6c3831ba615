package dev.recsys.pipelines.events;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** What every line must be, whatever its format. */
final class LineCheck {
    private LineCheck() {}

    static boolean isBlank(byte[] bytes, int length) {
        for (int i = 0; i < length; i++) {
            if (bytes[i] != ' ' && bytes[i] != '\t' && bytes[i] != '\r') {
                return false;
            }
        }
        return true;
    }

    /** Requires UTF-8 without NUL. */
    static void requireText(byte[] bytes, int length) throws LineRefused {
        boolean ascii = true;
        for (int i = 0; i < length; i++) {
            if (bytes[i] == 0) {
                throw LineRefused.malformed("has a NUL byte");
            }
            ascii &= bytes[i] > 0;
        }
        if (ascii) {
            return;
        }
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, 0, length));
        } catch (CharacterCodingException e) {
            throw LineRefused.malformed("is not UTF-8");
        }
    }

    static void requireLength(boolean tooLong) throws LineRefused {
        if (tooLong) {
            throw LineRefused.malformed("is longer than " + LineReader.MAX_LINE_BYTES + " bytes");
        }
    }
}

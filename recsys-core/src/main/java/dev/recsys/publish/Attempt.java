package dev.recsys.publish;

import dev.recsys.Scope;
import dev.recsys.internal.pointer.Pointer;
import dev.recsys.store.BlobVersion;

/**
 * One swap to be made: whoever sends it again sends identical bytes.
 *
 * @param scope whose register
 * @param expected the version it was made from
 * @param next what the register shall hold
 * @param body the exact bytes of {@code next}
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Attempt(Scope scope, BlobVersion expected, Pointer next, byte[] body) {}

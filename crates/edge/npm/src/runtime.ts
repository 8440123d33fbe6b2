/** What edge runtimes have beyond the web platform, as far as it is used. */

/** Passes bytes on as they are, natively. */
export interface IdentityStream {
  readonly readable: ReadableStream<Uint8Array>;
  readonly writable: WritableStream<Uint8Array>;
}

declare const IdentityTransformStream: { new (): IdentityStream } | undefined;
declare const FixedLengthStream: { new (bytes: number): IdentityStream } | undefined;

/**
 * A stream of `length` bytes, if that is known: the response says so then, and a visitor can tell a page that was broken
 * off from a whole one. (Without a length, workerd's own HTTP server ends even broken responses as if they were whole.)
 */
export function identityStream(length: number | undefined): IdentityStream {
  if (length !== undefined && typeof FixedLengthStream === "function") return new FixedLengthStream(length);
  // Elsewhere than in the Workers runtime, a plain transform does the same, chunk by chunk.
  return typeof IdentityTransformStream === "function" ? new IdentityTransformStream() : new TransformStream();
}

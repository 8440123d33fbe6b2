/** What edge runtimes have beyond the web platform, as far as it is used. */

/** Passes bytes on as they are, natively. */
export interface IdentityStream {
  readonly readable: ReadableStream<Uint8Array>;
  readonly writable: WritableStream<Uint8Array>;
}

declare const IdentityTransformStream: { new (): IdentityStream } | undefined;

export function identityStream(): IdentityStream {
  // Elsewhere than in the Workers runtime, a plain transform does the same, chunk by chunk.
  return typeof IdentityTransformStream === "function" ? new IdentityTransformStream() : new TransformStream();
}

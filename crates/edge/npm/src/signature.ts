import type { BundleFile } from "./bundle-file.js";
import { hexadecimal } from "./encoding.js";
import { Refusal } from "./refusal.js";

const KEY_ID_BYTES = 8;
const CONTEXT = new TextEncoder().encode("footlight bundle v1\n");

type Bytes = Uint8Array<ArrayBuffer>;

/** A signature, and whose it says it is: the first eight bytes of the SHA-256 of the public key, in hexadecimal. */
export interface Signature {
  readonly keyId: string;
  readonly signature: Bytes;
}

/** Throws a {@link Refusal} unless one of `keys` made one of the signatures of a message. */
export async function verify(signatures: readonly Signature[], message: Bytes, keys: readonly Bytes[]): Promise<void> {
  let refusal = new Refusal("foreign-signature");
  for (const key of keys) {
    const id = hexadecimal(new Uint8Array(await crypto.subtle.digest("SHA-256", key)).subarray(0, KEY_ID_BYTES));
    for (const { signature } of signatures.filter(({ keyId }) => keyId === id)) {
      const verifier = await crypto.subtle.importKey("raw", key, { name: "Ed25519" }, false, ["verify"]);
      if (await crypto.subtle.verify({ name: "Ed25519" }, verifier, signature, message)) return;
      refusal = new Refusal("bad-signature");
    }
  }
  throw refusal;
}

/**
 * Throws a {@link Refusal} unless one of `keys` made a bundle's signature.
 *
 * What is signed is the hash; see `checkHash` for whether it is that of the bytes.
 */
export async function checkSignature({ hash, signature: signed }: BundleFile, keys: readonly Bytes[]): Promise<void> {
  if (signed.length === 0) throw new Refusal("unsigned");
  const message = new Uint8Array(CONTEXT.length + hash.length);
  message.set(CONTEXT);
  message.set(hash, CONTEXT.length);
  const keyId = hexadecimal(signed.subarray(0, KEY_ID_BYTES));
  await verify([{ keyId, signature: signed.slice(KEY_ID_BYTES) }], message, keys);
}

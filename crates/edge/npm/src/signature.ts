import type { BundleFile } from "./bundle-file.js";
import { Refusal } from "./refusal.js";

const KEY_ID_BYTES = 8;
const CONTEXT = new TextEncoder().encode("footlight bundle v1\n");

/**
 * Throws a {@link Refusal} unless one of `keys` made a bundle's signature, or there are no keys to ask for.
 *
 * What is signed is the hash; see `checkHash` for whether it is that of the bytes.
 */
export async function checkSignature(
  { hash, signature: signed }: BundleFile,
  keys: readonly Uint8Array<ArrayBuffer>[],
): Promise<void> {
  if (keys.length === 0) return;
  if (signed.length === 0) throw new Refusal("unsigned");

  const message = new Uint8Array(CONTEXT.length + hash.length);
  message.set(CONTEXT);
  message.set(hash, CONTEXT.length);
  const keyId = signed.subarray(0, KEY_ID_BYTES);
  const signature = signed.slice(KEY_ID_BYTES);
  for (const key of keys) {
    const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", key));
    if (!keyId.every((byte, index) => byte === digest[index])) continue;
    const verifier = await crypto.subtle.importKey("raw", key, { name: "Ed25519" }, false, ["verify"]);
    if (await crypto.subtle.verify({ name: "Ed25519" }, verifier, signature, message)) return;
    throw new Refusal("bad-signature");
  }
  throw new Refusal("foreign-signature");
}

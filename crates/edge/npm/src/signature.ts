import type { BundleFile } from "./bundle-file.js";

const KEY_ID_BYTES = 8;
const SIGNATURE_BYTES = 64;
const CONTEXT = new TextEncoder().encode("footlight bundle v1\n");

/**
 * Why a bundle's signature is not accepted; undefined when one of `keys` made it, or when there are no keys to ask for.
 *
 * Whether the bytes have the hash that was signed is checked when they are loaded.
 */
export async function refusal(
  file: BundleFile | undefined,
  keys: readonly Uint8Array<ArrayBuffer>[],
): Promise<string | undefined> {
  if (keys.length === 0) return undefined;
  if (!file?.signature.length) return "unsigned";
  const { hash, signature: signed } = file;
  if (signed.length !== KEY_ID_BYTES + SIGNATURE_BYTES) return "bad-signature";

  const message = new Uint8Array(CONTEXT.length + hash.length);
  message.set(CONTEXT);
  message.set(hash, CONTEXT.length);
  const keyId = signed.subarray(0, KEY_ID_BYTES);
  const signature = signed.slice(KEY_ID_BYTES);
  for (const key of keys) {
    const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", key));
    if (!keyId.every((byte, index) => byte === digest[index])) continue;
    const verifier = await crypto.subtle.importKey("raw", key, { name: "Ed25519" }, false, ["verify"]);
    const genuine = await crypto.subtle.verify({ name: "Ed25519" }, verifier, signature, message);
    return genuine ? undefined : "bad-signature";
  }
  return "foreign-signature";
}

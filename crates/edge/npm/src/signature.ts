/** Layout of a bundle's file, as `crates/core/FORMAT.md` writes it down, as far as its signature goes. */
const SITE_LENGTH_AT = 14;
const BODY_LENGTH_BYTES = 4;
const HASH_BYTES = 32;
const KEY_ID_BYTES = 8;
const SIGNATURE_BYTES = 64;
const CONTEXT = new TextEncoder().encode("footlight bundle v1\n");

/**
 * Why a bundle's signature is not accepted; undefined when one of `keys` made it, or when there are no keys to ask for.
 *
 * Whether the bytes have the hash that was signed is checked when they are loaded.
 */
export async function refusal(
  bytes: Uint8Array<ArrayBuffer>,
  keys: readonly Uint8Array<ArrayBuffer>[],
): Promise<string | undefined> {
  if (keys.length === 0) return undefined;
  const hashAt = endOfBody(bytes);
  const signatureAt = hashAt + HASH_BYTES;
  if (bytes.length <= signatureAt) return "unsigned";
  if (bytes.length !== signatureAt + KEY_ID_BYTES + SIGNATURE_BYTES) return "bad-signature";

  const signed = new Uint8Array(CONTEXT.length + HASH_BYTES);
  signed.set(CONTEXT);
  signed.set(bytes.subarray(hashAt, signatureAt), CONTEXT.length);
  const keyId = bytes.subarray(signatureAt, signatureAt + KEY_ID_BYTES);
  const signature = bytes.slice(signatureAt + KEY_ID_BYTES);
  for (const key of keys) {
    const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", key));
    if (!keyId.every((byte, index) => byte === digest[index])) continue;
    const verifier = await crypto.subtle.importKey("raw", key, { name: "Ed25519" }, false, ["verify"]);
    const genuine = await crypto.subtle.verify({ name: "Ed25519" }, verifier, signature, signed);
    return genuine ? undefined : "bad-signature";
  }
  return "foreign-signature";
}

function endOfBody(bytes: Uint8Array): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length <= SITE_LENGTH_AT) return Infinity;
  const bodyLengthAt = SITE_LENGTH_AT + 1 + view.getUint8(SITE_LENGTH_AT);
  if (bytes.length < bodyLengthAt + BODY_LENGTH_BYTES) return Infinity;
  return bodyLengthAt + BODY_LENGTH_BYTES + view.getUint32(bodyLengthAt, true);
}

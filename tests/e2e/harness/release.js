/** Releases and signed bundles, made here from the descriptions of their formats alone. */

import { createHash, generateKeyPairSync, sign } from "node:crypto";

/** The key that the workers under test trust, unless a test says otherwise, and one that they do not. */
export const KEY = generateKeyPairSync("ed25519");
export const FOREIGN_KEY = generateKeyPairSync("ed25519");

const HASH_BYTES = 32;
const PAYLOAD_TYPE = "application/vnd.footlight.release+json";

/** As `FOOTLIGHT_PUBLIC_KEYS` has it. */
export const publicKey = (key) => key.publicKey.export({ format: "jwk" }).x;
const keyId = (key) => createHash("sha256").update(Buffer.from(publicKey(key), "base64url")).digest().subarray(0, 8);

/** Where a bundle's hash begins, as `crates/core/FORMAT.md` says. */
export function hashAt(bundle) {
  const bodyAt = 15 + bundle[14];
  const notesAt = bodyAt + 4 + bundle.readUInt32LE(bodyAt);
  return notesAt + 4 + bundle.readUInt32LE(notesAt);
}

/** Whose bundle it is. */
export const siteOf = (bundle) => bundle.subarray(15, 15 + bundle[14]).toString();

/** A bundle's name. */
export const nameOf = (bundle) => bundle.subarray(hashAt(bundle), hashAt(bundle) + HASH_BYTES).toString("hex");

/** An unsigned bundle with other bytes, as if it had been compiled so; each `[from, to]` has two texts of one length. */
export function rewritten(bundle, ...texts) {
  const copy = Buffer.from(bundle.subarray(0, hashAt(bundle)));
  for (const [from, to] of texts) {
    const at = copy.indexOf(from);
    if (at < 0 || Buffer.byteLength(from) !== Buffer.byteLength(to)) throw new Error(`cannot put \`${to}\` for \`${from}\``);
    copy.write(to, at);
  }
  return Buffer.concat([copy, createHash("sha256").update(copy).digest()]);
}

/** A bundle with a signature. */
export function signed(bundle, key = KEY) {
  const message = Buffer.concat([Buffer.from("footlight bundle v1\n"), bundle.subarray(hashAt(bundle), hashAt(bundle) + HASH_BYTES)]);
  return Buffer.concat([bundle, keyId(key), sign(null, message, key.privateKey)]);
}

/** A release in its envelope; `key` null leaves the signature out. */
export function envelope(release, key = KEY) {
  const payload = Buffer.from(JSON.stringify({ version: 1, ...release }));
  const message = Buffer.concat([Buffer.from(`DSSEv1 ${PAYLOAD_TYPE.length} ${PAYLOAD_TYPE} ${payload.length} `), payload]);
  const signatures = key ? [{ keyid: keyId(key).toString("hex"), sig: sign(null, message, key.privateKey).toString("base64") }] : [];
  return JSON.stringify({ payloadType: PAYLOAD_TYPE, payload: payload.toString("base64"), signatures });
}

/** Pushes to a store as `footlight push` does: the bundles under their names first, then the release. */
export class Publisher {
  sequence = 0;

  /** `put` writes a key of the store. */
  constructor(put, site, key = KEY) {
    Object.assign(this, { put, site, key });
  }

  /** The release that names a bundle, of which a `share` of 10,000 of the visitors get the `canary`. */
  release(bundle, { canary, share } = {}) {
    this.sequence += 1;
    const fields = { site: this.site, sequence: this.sequence, at: new Date().toISOString(), action: canary ? "canary" : "push" };
    return { ...fields, bundle: nameOf(bundle), ...(canary && { canary: { bundle: nameOf(canary), share } }), by: "Ada <ada@shop.example>", why: "a test" };
  }

  async upload(...bundles) {
    for (const bundle of bundles) await this.put(`bundles/${nameOf(bundle)}.footlight`, signed(bundle, this.key));
  }

  /** Makes a bundle live, and returns the release as it is in the store. */
  async push(bundle, options = {}) {
    await this.upload(...[bundle, options.canary].filter(Boolean));
    const release = envelope(this.release(bundle, options), this.key);
    await this.put("live.json", release);
    return release;
  }
}

/** How a Workers KV namespace of a worker under test is written. */
export async function putInto(worker) {
  const store = await worker.store();
  return (key, value) => store.put(key, typeof value === "string" ? value : new Uint8Array(value).buffer);
}

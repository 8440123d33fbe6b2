/** Layout of a bundle's file, as `crates/core/FORMAT.md` writes it down. */
const SITE_LENGTH_AT = 14;
const LENGTH_BYTES = 4;
const HASH_BYTES = 32;

/** Where the parts of a bundle's file are. Whether they are what they should be is for the engine to say. */
export interface BundleFile {
  readonly site: string;
  readonly notes: Uint8Array<ArrayBuffer>;
  readonly hash: Uint8Array<ArrayBuffer>;
  /** What follows the hash. */
  readonly signature: Uint8Array<ArrayBuffer>;
}

/** Takes a bundle's file apart; undefined when it is cut short. */
export function takeApart(bytes: Uint8Array<ArrayBuffer>): BundleFile | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    const siteAt = SITE_LENGTH_AT + 1;
    const siteEnd = siteAt + view.getUint8(SITE_LENGTH_AT);
    const bodyEnd = siteEnd + LENGTH_BYTES + view.getUint32(siteEnd, true);
    const notesAt = bodyEnd + LENGTH_BYTES;
    const hashAt = notesAt + view.getUint32(bodyEnd, true);
    const hash = bytes.subarray(hashAt, hashAt + HASH_BYTES);
    if (hash.length < HASH_BYTES) return undefined;
    const site = new TextDecoder().decode(bytes.subarray(siteAt, siteEnd));
    return { site, notes: bytes.subarray(notesAt, hashAt), hash, signature: bytes.subarray(hashAt + HASH_BYTES) };
  } catch {
    return undefined;
  }
}

/** The bundle's name, by its hash. */
export function nameOf({ hash }: BundleFile): string {
  return Array.from(hash, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

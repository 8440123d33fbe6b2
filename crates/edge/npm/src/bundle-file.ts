import { hexadecimal } from "./encoding.js";
import { Refusal } from "./refusal.js";

/** Layout of a bundle's file, as `crates/core/FORMAT.md` writes it down. */
const MAGIC = [0x46, 0x54, 0x4c, 0x54];
const FORMAT_VERSION = 2;
const CREATED_BYTES = 8;
const HASH_BYTES = 32;
const SIGNATURE_BYTES = 72;
const MOST_BYTES = 16 << 20;

type Bytes = Uint8Array<ArrayBuffer>;

/** The parts of a bundle's file. */
export interface BundleFile {
  readonly site: string;
  /** What the engine reads. */
  readonly body: Bytes;
  /** What people read, packed. */
  readonly notes: Bytes;
  readonly hash: Bytes;
  /** All that was hashed. */
  readonly hashed: Bytes;
  /** What follows the hash; empty for none. */
  readonly signature: Bytes;
}

/** Takes a bundle's file apart; neither its hash nor its signature is checked. Throws a {@link Refusal}. */
export function takeApart(bytes: Bytes): BundleFile {
  if (bytes.length > MOST_BYTES) throw new Refusal("too-large");
  if (MAGIC.some((byte, index) => index < bytes.length && bytes[index] !== byte)) throw new Refusal("not-a-bundle");
  let end = MAGIC.length;
  const take = (length: number): Bytes => {
    const start = end;
    end += length;
    if (end > bytes.length) throw new Refusal("truncated");
    return bytes.subarray(start, end);
  };
  const number = (length: number): number =>
    take(length).reduceRight((number, byte) => number * 256 + byte, 0);

  if (number(2) !== FORMAT_VERSION) throw new Refusal("other-version");
  take(CREATED_BYTES);
  const site = new TextDecoder().decode(take(number(1)));
  const body = take(number(4));
  const notes = take(number(4));
  const hashed = bytes.subarray(0, end);
  const hash = take(HASH_BYTES);
  const signature = take(end === bytes.length ? 0 : SIGNATURE_BYTES);
  if (end < bytes.length) throw new Refusal("trailing-bytes");
  return { site, body, notes, hash, hashed, signature };
}

/** Throws a {@link Refusal} unless the file's bytes are those that were hashed. */
export async function checkHash({ hash, hashed }: BundleFile): Promise<void> {
  const found = new Uint8Array(await crypto.subtle.digest("SHA-256", hashed));
  if (!found.every((byte, index) => byte === hash[index])) throw new Refusal("altered");
}

/** The bundle's name, by its hash. */
export function nameOf({ hash }: BundleFile): string {
  return hexadecimal(hash);
}

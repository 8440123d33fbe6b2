import { Refusal } from "../refusal.js";
import type { Bytes } from "./source.js";

/** Another bundle, for a share of the visitors. */
export interface Canary {
  /** Its name. */
  readonly bundle: string;
  /** Of 10,000 visitors. */
  readonly share: number;
}

/** What the shop wants to be live, as far as the edge has to know. */
export interface Release {
  readonly site: string;
  /** Each release has a higher one than those before, a rollback too. */
  readonly sequence: number;
  /** The name of the bundle that decides. */
  readonly bundle: string;
  readonly canary: Canary | undefined;
}

const VERSION = 1;
const EVERYBODY = 10_000;

/** Reads a release whose signature was checked. Throws a {@link Refusal}. */
export function readRelease(bytes: Bytes): Release {
  const { version, site, sequence, bundle, canary } = parse(bytes);
  if (version !== VERSION) throw new Refusal("other-version");
  if (typeof site !== "string" || !isCount(sequence) || !isName(bundle)) throw new Refusal("malformed");
  if (canary === undefined || canary === null) return { site, sequence, bundle, canary: undefined };
  const { bundle: name, share } = Object(canary) as Record<string, unknown>;
  if (!isName(name) || !isCount(share) || share > EVERYBODY) throw new Refusal("malformed");
  return { site, sequence, bundle, canary: { bundle: name, share } };
}

function parse(bytes: Bytes): Record<string, unknown> {
  try {
    return Object(JSON.parse(new TextDecoder().decode(bytes))) as Record<string, unknown>;
  } catch {
    throw new Refusal("malformed");
  }
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

function isName(value: unknown): value is string {
  return typeof value === "string" && /^[0-9a-f]{64}$/.test(value);
}

import type { FootlightEnv } from "../environment.js";
import { within } from "../within.js";
import { KvSource } from "./kv-source.js";
import { UrlSource } from "./url-source.js";

export type Bytes = Uint8Array<ArrayBuffer>;

/** Where every store keeps the release that is live. */
export const RELEASE_KEY = "live.json";

/** Where every store keeps a bundle. */
export function bundleKey(id: string): string {
  return `bundles/${id}.footlight`;
}

/** A store, as the edge sees it. What it says is nothing to rely on before its signature is checked. */
export interface Source {
  /** The release that is live, as it is stored; undefined when there is none. */
  release(): Promise<string | undefined>;
  /** A bundle's file; undefined when it is not there, or not there yet. */
  bundle(id: string): Promise<Bytes | undefined>;
}

/** The store of an environment: the one with a URL goes before the binding. */
export function sourceOf({ FOOTLIGHT_BUNDLES: url, FOOTLIGHT: binding }: FootlightEnv): Source | undefined {
  if (url) return new UrlSource(url);
  return binding && new KvSource(binding);
}

/** What a store answers; throws if that takes longer than `ms`. */
export async function answered<T>(ms: number, answer: Promise<T>): Promise<T> {
  const inTime = await within(ms, answer.then((value) => ({ value })));
  if (!inTime) throw new Error(`the store did not answer within ${ms / 1000} s`);
  return inTime.value;
}

import { Refusal } from "../refusal.js";
import type { Loaded } from "./loaded.js";
import type { Release } from "./release.js";
import type { Current } from "./shelf.js";
import type { Bytes } from "./source.js";

/** Where what a release names comes from, and who hears of what is wrong with it. */
interface Means {
  /** A bundle that was checked before. */
  known(id: string): Loaded | undefined;
  /** A bundle's file, from the store. */
  fetch(id: string): Promise<Bytes | undefined>;
  /** Checks a bundle's file. Throws a {@link Refusal}. */
  read(bytes: Bytes, id: string): Promise<Loaded>;
  refuse(error: Error, bundle: string, isCanary: boolean): void;
}

export type Prepared = Current & { readonly release: Release };

/**
 * Loads what a release names: `missing` while something is not there, `refused` if its bundle is. That the canary's
 * bundle is refused is no reason against the other.
 */
export async function prepare(release: Release, means: Means): Promise<Prepared | "missing" | "refused"> {
  const load = async (id: string, isCanary: boolean): Promise<Loaded | "missing" | "refused"> => {
    const found = means.known(id) ?? (await means.fetch(id));
    if (!found) return "missing";
    try {
      const loaded = found instanceof Uint8Array ? await means.read(found, id) : found;
      if (loaded.site !== release.site) throw new Refusal("wrong-site");
      return loaded.live((error) => means.refuse(error, id, isCanary)) ? loaded : "refused";
    } catch (error) {
      means.refuse(error as Error, id, isCanary);
      return "refused";
    }
  };
  const [live, canary] = await Promise.all([
    load(release.bundle, false),
    release.canary && load(release.canary.bundle, true),
  ]);
  if (live === "refused") return "refused";
  if (live === "missing" || canary === "missing") return "missing";
  return { release, live, canary: canary === "refused" ? undefined : canary };
}

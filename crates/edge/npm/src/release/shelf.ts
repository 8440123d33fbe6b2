import type { Loaded } from "./loaded.js";
import type { Release } from "./release.js";

/** What is live: the bundles of a release, or the built-in one. */
export interface Current {
  readonly release: Release | undefined;
  readonly live: Loaded;
  /** Missing also where the release has one, but its bundle is refused. */
  readonly canary: Loaded | undefined;
}

/** Bundles that were live stay loaded for so many releases: visits that began with them may still ask. */
const KEPT_RELEASES = 4;

/** The bundles that are loaded, and what of them is live. */
export class Shelf {
  /** The worker's own. */
  builtIn: Loaded | undefined;
  #current: Current | undefined;
  /** What was live before, the latest first. */
  #before: readonly Current[] = [];
  /** The highest sequence number of a release that was genuine. */
  #highest = -1;

  get current(): Current | undefined {
    return this.#current;
  }

  /** Without a release, the built-in bundle is live. */
  begin(): void {
    this.#current ??= this.builtIn && { release: undefined, live: this.builtIn, canary: undefined };
  }

  /** A bundle that was checked before. */
  known(id: string): Loaded | undefined {
    return [...this.#loaded(), this.builtIn].find((known) => known?.id === id);
  }

  isReplayed({ sequence }: Release): boolean {
    return sequence < this.#highest;
  }

  /** Notes that a release was live, whether or not its bundles are still to be had. */
  note({ sequence }: Release): void {
    this.#highest = Math.max(this.#highest, sequence);
  }

  /** Lets a release take over. Whether it does: looks at the store can overtake each other. */
  take(next: Current & { readonly release: Release }): boolean {
    if (this.isReplayed(next.release)) return false;
    this.note(next.release);
    const loaded = this.#loaded();
    // The same again, with a canary that has become better, is no other one.
    const isOther = next.release.sequence !== this.#current?.release?.sequence;
    if (isOther && this.#current) this.#before = [this.#current, ...this.#before].slice(0, KEPT_RELEASES);
    this.#current = { release: next.release, live: this.#one(next.live), canary: next.canary && this.#one(next.canary) };
    const kept = this.#loaded();
    for (const bundle of loaded) {
      if (!kept.includes(bundle)) bundle.free();
    }
    return true;
  }

  /** The one of a bundle that visits may be using, where several requests have loaded it at the same time. */
  #one(bundle: Loaded): Loaded {
    const known = this.known(bundle.id);
    if (!known || known === bundle) return bundle;
    bundle.free();
    return known;
  }

  #loaded(): Loaded[] {
    return [this.#current, ...this.#before].flatMap(bundlesOf);
  }
}

export function bundlesOf(current: Current | undefined): Loaded[] {
  return [current?.live, current?.canary].filter((bundle) => bundle !== undefined);
}

/** Whether the release has a canary that was refused. */
export function isPartial({ release, canary }: Current): boolean {
  return release?.canary !== undefined && !canary;
}

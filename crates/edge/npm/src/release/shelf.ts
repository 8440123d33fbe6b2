import type { Loaded } from "./loaded.js";
import type { Release } from "./release.js";

/** What is live: the bundles of a release, or the built-in one. */
export interface Current {
  readonly release: Release | undefined;
  readonly live: Loaded;
  /** Missing also where the release has one, but its bundle is refused. */
  readonly canary: Loaded | undefined;
}

/** The bundles that are loaded, and what of them is live. */
export class Shelf {
  /** The worker's own. */
  builtIn: Loaded | undefined;
  #current: Current | undefined;
  /** What visits that began before may still ask. */
  #previous: Current | undefined;
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
    return [...bundlesOf(this.#current), ...bundlesOf(this.#previous), this.builtIn].find((known) => known?.id === id);
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
    const kept = [...bundlesOf(next), ...bundlesOf(this.#current)];
    for (const old of bundlesOf(this.#previous)) {
      if (!kept.includes(old)) old.free();
    }
    this.#previous = this.#current;
    this.#current = next;
    return true;
  }
}

export function bundlesOf(current: Current | undefined): Loaded[] {
  return [current?.live, current?.canary].filter((bundle) => bundle !== undefined);
}

/** Whether the release has a canary that was refused. */
export function isPartial({ release, canary }: Current): boolean {
  return release?.canary !== undefined && !canary;
}

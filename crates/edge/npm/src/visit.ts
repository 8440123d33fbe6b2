import type { Context } from "./environment.js";
import type { FootlightEvent } from "./events.js";
import type { Instance } from "./instance.js";
import { type Pretence, readPretence } from "./preview-as.js";
import type { Random } from "./random.js";
import type { Live } from "./release/loaded.js";
import type { Served } from "./release/serving.js";
import { type ServedReport, servedReport } from "./served-report.js";
import type { Summary } from "./summary.js";

/** What a visit is about. */
interface About {
  request: Request;
  /** The URL without what asks for a preview. */
  url: string;
  /** Of the page. */
  contentType: string;
  served: Served;
  /** What becomes the id of a visitor who is new. */
  random: Random;
  instance: Instance;
  /** Another visitor to decide for, as in `country:CH,device:phone`, if this is a preview. */
  as: string | undefined;
  /** Why the bundle that should be live is not, if it is refused. */
  refused: string | undefined;
  context: Context;
  report: (event: FootlightEvent) => void;
}

/** One request for a page, with all that deciding about it needs. */
export class Visit {
  readonly #packed: string;
  readonly #now = Date.now();
  readonly #random: Random;
  #started = performance.now();
  readonly #generation: number;

  readonly request: Request;
  readonly contentType: string;
  readonly served: Served;
  readonly live: Live;
  readonly instance: Instance;
  readonly context: Context;
  readonly report: (event: FootlightEvent) => void;
  readonly #as: Pretence | undefined;
  readonly #refused: string | undefined;

  constructor(about: About) {
    this.request = about.request;
    this.contentType = about.contentType;
    this.served = about.served;
    this.live = about.served.live;
    this.instance = about.instance;
    this.context = about.context;
    this.report = about.report;
    this.#random = about.random;
    this.#generation = about.instance.generation;
    this.#as = about.as === undefined ? undefined : readPretence(about.as, this.live.engine.notes);
    this.#refused = about.refused;
    this.#packed = this.live.pack(about.request, about.url);
  }

  get isPreview(): boolean {
    return this.#as !== undefined;
  }

  /** Whether the instance that the visit began with still is in use. */
  get isOnItsInstance(): boolean {
    return this.#generation === this.instance.generation;
  }

  /** Decides. What the engine is asked about "the decision" must follow at once. */
  decide(): Summary {
    return this.live.engine.decide(this.#packed, this.#now, this.#random, this.#as);
  }

  /** What the visitor gets, and why. */
  explain(): ServedReport {
    return servedReport(this.served, this.live.engine.report(this.#packed, this.#now, this.#as, true));
  }

  /**
   * Reads what the beginning of a page says of it; the next decision takes that into account. Whether that is all that
   * rules want to know.
   */
  probe(beginning: Uint8Array): boolean {
    return this.live.engine.probe(beginning, this.contentType);
  }

  /** What the bundle made of the page, for the status. */
  byBundle(result: string): string {
    const { release, isCanary } = this.served;
    const by = `${result}; bundle=${this.live.id.slice(0, 12)}`;
    if (release === undefined) return by;
    return isCanary ? `${by}; release=${release}; canary` : `${by}; release=${release}`;
  }

  /** What has passed since then is the origin's time. */
  waitedSince(time: number): void {
    this.#started += performance.now() - time;
  }

  /** Writes what became of the page, and how long that took. */
  sign(headers: Headers, status: string): void {
    headers.set("footlight-status", this.#refused ? `${status}; refused=${this.#refused}` : status);
    // Edge runtimes let time pass only while waiting for something; elsewhere this is the time it took.
    headers.append("server-timing", `footlight;dur=${(performance.now() - this.#started).toFixed(2)}`);
  }

  /** Notes that the cache failed, which costs nobody the page. */
  lostCache(error: unknown): void {
    this.report({ type: "fault", kind: "cache", message: String(error), bundle: this.live.id });
  }

  /** Notes that something failed. The kind of fault. */
  fault(error: unknown): string {
    const kind = this.instance.giveUp(error, this.#generation);
    this.report({ type: "fault", kind, message: String(error), bundle: this.live.id });
    return kind;
  }
}

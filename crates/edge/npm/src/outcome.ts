import type { Exposure } from "./events.js";
import { nameOf } from "./shared-cache.js";
import type { Summary } from "./summary.js";
import type { Visit } from "./visit.js";

/** What a decision says, apart from the edits. */
export interface Outcome {
  readonly summary: Summary;
  /** Values of headers to add; empty for none. */
  readonly link: string;
  readonly cookie: string;
  readonly exposure: Exposure | undefined;
  /** The page's name in the cache, if it is one that visitors share. */
  readonly sharedName: string | undefined;
}

/** Decides. Nothing is sent or counted yet. */
export function decide(visit: Visit): Outcome {
  return outcome(visit, visit.decide());
}

/** What a decision says before the page is there; it is made again when the page has come. */
export interface EarlyOutcome {
  /** Whether the page may be another one than the origin's. */
  readonly mayChange: boolean;
  /** The outcome, if visitors share the page. */
  readonly shared: Outcome | undefined;
}

export function decideEarly(visit: Visit): EarlyOutcome {
  const summary = visit.decide();
  return {
    mayChange: summary.hasEdits || summary.readsPage,
    shared: isSharedPage(summary) ? outcome(visit, summary) : undefined,
  };
}

function outcome(visit: Visit, summary: Summary): Outcome {
  const { engine, id } = visit.live;
  const isGet = visit.request.method === "GET";
  const isShown = isGet && summary.counts && !summary.reason;
  return {
    summary,
    link: summary.hasPreloads ? engine.link() : "",
    cookie: summary.hasCookie && isGet ? engine.cookie() : "",
    exposure: isShown
      ? { type: "exposure", bundle: id, stage: summary.stage ?? "", rules: engine.winners() }
      : undefined,
    sharedName: isSharedPage(summary) ? nameOf(visit.request.url, id, engine.variantKey()) : undefined,
  };
}

/**
 * Whether others with the same variant key get the same page from the cache. Where nothing changes, the page and its
 * caching stay the origin's. Where rules read the page itself, it has to come from the origin before there is a decision.
 */
function isSharedPage(summary: Summary): boolean {
  return summary.cache === "shared" && summary.hasEdits && !summary.readsPage;
}

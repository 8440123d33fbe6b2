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

/**
 * What a decision says before the page is there: what comes of it when the page stays the origin's; otherwise it is made
 * again when the page has come, and all that is known is what visitors share, if they do.
 */
export type EarlyOutcome = { readonly unchanged: Outcome } | { readonly shared: Outcome | undefined };

export function decideEarly(visit: Visit): EarlyOutcome {
  const summary = visit.decide();
  if (!summary.hasEdits && !summary.readsPage) return { unchanged: outcome(visit, summary) };
  return { shared: isSharedPage(summary) ? outcome(visit, summary) : undefined };
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

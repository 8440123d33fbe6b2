import { readBeginning } from "./beginning.js";
import { Chunks } from "./chunks.js";
import { Keeping } from "./keeping.js";
import { decide, type Outcome } from "./outcome.js";
import { pump } from "./pump.js";
import { addCookie, forChangedPage, forPreview } from "./response-headers.js";
import { type Passage, Rewriting, UNCHANGED } from "./rewriting.js";
import { identityStream } from "./runtime.js";
import { Copy } from "./shared-page.js";
import type { Visit } from "./visit.js";

/** What a decision makes of a page. */
interface Prepared extends Outcome {
  /** The edits, when there are any. */
  readonly rewriting: Rewriting | undefined;
}

/** The page as this visitor gets it. An exception means that the page was not touched yet. */
export async function personalize(visit: Visit, page: Response): Promise<Response> {
  let outcome = prepare(visit);
  const { readsPage } = outcome.summary;
  if (!page.body || visit.request.method !== "GET" || !(outcome.rewriting || readsPage)) {
    outcome.rewriting?.drop();
    return respond(visit, page, page.body, outcome);
  }

  const chunks = new Chunks(page.body);
  let first: Uint8Array | undefined;
  let failure: unknown;
  try {
    if (readsPage) ({ bytes: first, error: failure } = await readBeginning(chunks, visit));
    else first = await chunks.next();
  } catch (error) {
    outcome.rewriting?.drop();
    return respond(visit, page, broken(page, error), outcome);
  }
  try {
    if (readsPage) {
      outcome.rewriting?.drop();
      if (failure) throw failure;
      if (first) visit.probe(first);
      outcome = prepare(visit);
    }
  } catch (error) {
    return unchanged(visit, page, chunks, first, visit.fault(error));
  }
  const { rewriting } = outcome;
  if (!rewriting) return respond(visit, page, stream(chunks, UNCHANGED, first, lengthOf(page)).body, outcome);
  const copy = Copy.of(visit, page, outcome);
  const keeping = copy && new Keeping(rewriting);
  const passage = keeping ?? rewriting;
  const ready = first ? passage.write(first) : passage.end();
  if (rewriting.fault) return unchanged(visit, page, chunks, first, rewriting.fault);
  const length = rewriting.isFinished ? lengthOf(page, ready.length - (first?.length ?? 0)) : undefined;
  const { body, isOver } = stream(chunks, passage, ready, length);
  const response = respond(visit, page, body, outcome, copy);
  if (copy) {
    const isKept = isOver.then(() => {
      const whole = rewriting.fault ? undefined : keeping?.page();
      return whole && copy.keep(whole);
    });
    visit.context.waitUntil(isKept);
  }
  return response;
}

/** Decides, and gets ready for it. Nothing is sent or counted yet. */
function prepare(visit: Visit): Prepared {
  const outcome = decide(visit);
  const { hasEdits } = outcome.summary;
  const rewriting = hasEdits ? new Rewriting(visit, visit.live.engine.page(visit.contentType)) : undefined;
  return { ...outcome, rewriting };
}

/** The page with `body`, and what the decision says besides. */
export function respond(
  visit: Visit,
  page: Response,
  body: ReadableStream | null,
  outcome: Outcome,
  copy?: Copy,
): Response {
  const { summary, link, cookie, exposure } = outcome;
  // Headers are changed in the new response: a copy of its own would be one more.
  const response = new Response(body, page);
  const { headers } = response;
  if (summary.hasEdits) forChangedPage(headers, summary.cache, visit.live.headers);
  if (link) headers.append("link", link);
  // Before anything that is only for this visitor.
  copy?.takeHeaders(headers);
  if (cookie) addCookie(headers, cookie);
  if (visit.isPreview) forPreview(headers);
  const result = visit.byBundle(summary.reason ? `default; reason=${summary.reason}` : "personalized");
  visit.sign(headers, copy ? `${result}; cache=miss` : result);
  if (exposure) visit.report(exposure);
  return response;
}

/** The origin's page after a fault, `first` being what was read of it. */
function unchanged(visit: Visit, page: Response, chunks: Chunks, first: Uint8Array | undefined, fault: string): Response {
  const response = new Response(stream(chunks, UNCHANGED, first, lengthOf(page)).body, page);
  visit.sign(response.headers, `fault; kind=${fault}`);
  return response;
}

/** The length of a page's body after it changed by `difference`, where the origin told its length. */
function lengthOf(page: Response, difference = 0): number | undefined {
  const length = page.headers.get("content-length");
  // Of a coded body, the header tells the coded length.
  return length === null || page.headers.has("content-encoding") ? undefined : Number(length) + difference;
}

/** A body that begins with `ready` and goes on with what is left of the page, and when that is over. */
function stream(
  chunks: Chunks,
  passage: Passage,
  ready: Uint8Array | undefined,
  length: number | undefined,
): { body: ReadableStream<Uint8Array>; isOver: Promise<void> } {
  const { readable, writable } = identityStream(length);
  // The chunk's memory is used again for the next one. A failure shows in the stream.
  return { body: readable, isOver: pump(chunks, passage, ready?.slice(), writable) };
}

/** A body that fails as the origin's did. */
function broken(page: Response, error: unknown): ReadableStream<Uint8Array> {
  const { readable, writable } = identityStream(lengthOf(page));
  writable.abort(error).catch(() => {});
  return readable;
}

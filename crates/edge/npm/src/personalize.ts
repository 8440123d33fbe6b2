import { readBeginning } from "./beginning.js";
import { Chunks } from "./chunks.js";
import type { Exposure } from "./events.js";
import { pump } from "./pump.js";
import { addCookie, forChangedPage, forPreview } from "./response-headers.js";
import { type Passage, Rewriting, UNCHANGED } from "./rewriting.js";
import { identityStream } from "./runtime.js";
import type { Summary } from "./summary.js";
import type { Visit } from "./visit.js";

/** What a decision makes of a page. */
interface Outcome {
  readonly summary: Summary;
  /** Values of headers to add; empty for none. */
  readonly link: string;
  readonly cookie: string;
  /** The edits, when there are any. */
  readonly rewriting: Rewriting | undefined;
  readonly exposure: Exposure | undefined;
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
  try {
    first = await (readsPage ? readBeginning(chunks, visit) : chunks.next());
  } catch (error) {
    outcome.rewriting?.drop();
    return respond(visit, page, broken(page, error), outcome);
  }
  try {
    if (readsPage) {
      outcome.rewriting?.drop();
      if (first) visit.probe(first);
      outcome = prepare(visit);
    }
  } catch (error) {
    return unchanged(visit, page, chunks, first, visit.fault(error));
  }
  const { rewriting } = outcome;
  if (!rewriting) return respond(visit, page, stream(chunks, UNCHANGED, first, lengthOf(page)), outcome);
  const ready = first ? rewriting.write(first) : rewriting.end();
  if (rewriting.fault) return unchanged(visit, page, chunks, first, rewriting.fault);
  const length = rewriting.isFinished ? lengthOf(page, ready.length - (first?.length ?? 0)) : undefined;
  return respond(visit, page, stream(chunks, rewriting, ready, length), outcome);
}

/** Decides, and gets ready for it. Nothing is sent or counted yet. */
function prepare(visit: Visit): Outcome {
  const { engine, id } = visit.live;
  const summary = visit.decide();
  const isGet = visit.request.method === "GET";
  const isShown = isGet && summary.counts && !summary.reason;
  return {
    summary,
    link: summary.hasPreloads ? engine.link() : "",
    cookie: summary.hasCookie && isGet ? engine.cookie() : "",
    exposure: isShown
      ? { type: "exposure", bundle: id, stage: summary.stage ?? "", rules: engine.winners().split("\n") }
      : undefined,
    rewriting: summary.hasEdits ? new Rewriting(visit, engine.page(visit.contentType)) : undefined,
  };
}

function respond(visit: Visit, page: Response, body: ReadableStream | null, outcome: Outcome): Response {
  const { summary, link, cookie, exposure } = outcome;
  // Headers are changed in the new response: a copy of its own would be one more.
  const response = new Response(body, page);
  const { headers } = response;
  if (summary.hasEdits) forChangedPage(headers, summary.cache);
  if (link) headers.append("link", link);
  if (cookie) addCookie(headers, cookie);
  if (visit.isPreview) forPreview(headers);
  const result = summary.reason ? `default; reason=${summary.reason}` : "personalized";
  visit.sign(headers, `${result}; bundle=${visit.live.id.slice(0, 12)}`);
  if (exposure) visit.report(exposure);
  return response;
}

/** The origin's page after a fault, `first` being what was read of it. */
function unchanged(visit: Visit, page: Response, chunks: Chunks, first: Uint8Array | undefined, fault: string): Response {
  const response = new Response(stream(chunks, UNCHANGED, first, lengthOf(page)), page);
  visit.sign(response.headers, `fault; kind=${fault}`);
  return response;
}

/** The length of a page's body after it changed by `difference`, where the origin told its length. */
function lengthOf(page: Response, difference = 0): number | undefined {
  const length = page.headers.get("content-length");
  // Of a coded body, the header tells the coded length.
  return length === null || page.headers.has("content-encoding") ? undefined : Number(length) + difference;
}

/** A body that begins with `ready` and goes on with what is left of the page. */
function stream(
  chunks: Chunks,
  passage: Passage,
  ready: Uint8Array | undefined,
  length: number | undefined,
): ReadableStream<Uint8Array> {
  const { readable, writable } = identityStream(length);
  // The chunk's memory is used again for the next one. A failure shows in the stream.
  void pump(chunks, passage, ready?.slice(), writable);
  return readable;
}

/** A body that fails as the origin's did. */
function broken(page: Response, error: unknown): ReadableStream<Uint8Array> {
  const { readable, writable } = identityStream(lengthOf(page));
  writable.abort(error).catch(() => {});
  return readable;
}

import { isKnown } from "./conditional.js";
import type { Outcome } from "./outcome.js";
import { random } from "./random.js";
import { addCookie } from "./response-headers.js";
import { hasCache, keep, type Kept, lookUp } from "./shared-cache.js";
import { ageSeconds, mayBeShared, storableSeconds } from "./storable.js";
import type { Visit } from "./visit.js";

/** Headers that belong to one transmission of a page, or that are made anew each time. */
const OF_ONE_TRANSMISSION = new Set([
  "age",
  "cf-cache-status",
  "connection",
  "content-encoding",
  "keep-alive",
  "set-cookie",
  "transfer-encoding",
]);

/** The page for this visitor from the cache, if it is there. Whatever is only this visitor's is added here. */
export async function fromCache(visit: Visit, { sharedName, cookie, exposure }: Outcome): Promise<Response | undefined> {
  if (sharedName === undefined || !hasCache() || !mayBeShared(visit.request)) return undefined;
  let kept: Kept | undefined;
  try {
    kept = await lookUp(sharedName);
  } catch (error) {
    visit.lostCache(error);
  }
  if (!kept) return undefined;
  const { headers, body } = kept;
  if (cookie) addCookie(headers, cookie);
  visit.sign(headers, `${visit.byBundle("personalized")}; cache=hit`);
  if (exposure) visit.report(exposure);
  const isUnchanged = isKnown(visit.request, headers.get("etag"));
  if (!isUnchanged && visit.request.method === "GET") return new Response(body, { headers });
  await body?.cancel();
  return new Response(null, { status: isUnchanged ? 304 : 200, headers });
}

/** A page on its way to a visitor that is kept for others. */
export class Copy {
  readonly #visit: Visit;
  readonly #name: string;
  readonly #seconds: number;
  readonly #ageSeconds: number;
  #headers: [string, string][] = [];

  private constructor(visit: Visit, name: string, seconds: number, age: number) {
    this.#visit = visit;
    this.#name = name;
    this.#seconds = seconds;
    this.#ageSeconds = age;
  }

  /** None when the page is not to be shared, or the origin does not let it be kept. */
  static of(visit: Visit, page: Response, { sharedName }: Outcome): Copy | undefined {
    if (sharedName === undefined || visit.isPreview || !hasCache()) return undefined;
    const seconds = storableSeconds(visit.request, page);
    return seconds > 0 ? new Copy(visit, sharedName, seconds, ageSeconds(page.headers)) : undefined;
  }

  /** Takes the headers that everybody gets, and gives them a name for this page by which browsers can ask for it. */
  takeHeaders(headers: Headers): void {
    headers.set("etag", `W/"${random().map((word) => word.toString(36)).join("-")}"`);
    this.#headers = [...headers].filter(([name]) => !OF_ONE_TRANSMISSION.has(name));
  }

  /** Keeps the page. That this fails is no reason for anybody not to get theirs. */
  async keep(page: Uint8Array<ArrayBuffer>): Promise<void> {
    const entry = { headers: this.#headers, ageSeconds: this.#ageSeconds, seconds: this.#seconds, storedMs: Date.now() };
    try {
      await keep(this.#name, entry, page);
    } catch (error) {
      this.#visit.lostCache(error);
    }
  }
}

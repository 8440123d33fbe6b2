import { isConditional, unconditional } from "./conditional.js";
import { canBePage, isPage } from "./eligible.js";
import { answerTo, endpointOf } from "./endpoints/index.js";
import { type Context, type FootlightEnv, type Keys, type Origin, readKeys, readRefreshMs } from "./environment.js";
import { type FootlightEvent, writeEvent } from "./events.js";
import { explain } from "./explain.js";
import { Instance } from "./instance.js";
import { refuse } from "./json.js";
import { decideEarly } from "./outcome.js";
import { personalize, respond } from "./personalize.js";
import { BadPreview } from "./preview-as.js";
import { type PreviewRequest, readPreview, refusePreview } from "./preview.js";
import { type Random, random } from "./random.js";
import { Bundles } from "./release/bundles.js";
import type { Live } from "./release/loaded.js";
import type { Served } from "./release/serving.js";
import { hasCache } from "./shared-cache.js";
import { fromCache } from "./shared-page.js";
import { mayBeShared } from "./storable.js";
import { Visit } from "./visit.js";

/** What a worker is made of. */
export interface Options<Env = FootlightEnv> {
  /** The compiled module: `import wasm from "@footlight/edge/footlight.wasm"`. */
  wasm: WebAssembly.Module;
  /** The bundle to begin with, and to stay with when the store has none. */
  bundle?: ArrayBuffer | Uint8Array;
  /** The shop; otherwise the binding or variable `ORIGIN`, otherwise where the request was going. */
  origin?: (request: Request, env: Env, context: Context) => Response | Promise<Response>;
  /** Takes exposures and faults; otherwise the dataset `FOOTLIGHT_EVENTS`, if there is one. */
  onEvent?: (event: FootlightEvent, env: Env, context: Context) => void;
  /** How often the store is asked for another release; otherwise `FOOTLIGHT_REFRESH_SECONDS`, otherwise 30. */
  refreshSeconds?: number;
}

/** A worker's default export. */
export interface Footlight<Env = FootlightEnv> {
  fetch(request: Request, env: Env, context: Context): Promise<Response>;
}

/** Makes a worker that personalizes the pages of the shop behind it. */
export function createFootlight<Env extends object = FootlightEnv>(options: Options<Env>): Footlight<Env> {
  const edges = new WeakMap<object, Edge<Env>>();
  return {
    fetch(request, env, context) {
      let edge = edges.get(env);
      if (!edge) edges.set(env, (edge = new Edge(options, env)));
      return edge.fetch(request, context);
    },
  };
}

/** The worker in one environment. */
class Edge<Env extends object> {
  readonly #options: Options<Env>;
  readonly #env: Env & FootlightEnv;
  readonly #keys: Keys;
  readonly #instance: Instance;
  readonly #bundles: Bundles;

  constructor(options: Options<Env>, env: Env) {
    this.#options = options;
    this.#env = env;
    this.#keys = readKeys(this.#env);
    this.#instance = Instance.of(options.wasm);
    const refreshMs = readRefreshMs(options.refreshSeconds ?? this.#env.FOOTLIGHT_REFRESH_SECONDS);
    this.#bundles = new Bundles(this.#instance, this.#keys, this.#env, options.bundle, refreshMs);
  }

  async fetch(request: Request, context: Context): Promise<Response> {
    const report = (event: FootlightEvent) => this.#report(event, context);
    const { url } = request;
    const endpoint = endpointOf(url);
    if (endpoint !== undefined) return this.#endpoint(endpoint, request, context, report);
    const preview = readPreview(url);
    if (preview) return this.#preview(preview, request, context, report);

    const refreshed = this.#bundles.refresh(url, context, report);
    const draw = random();
    const served = canBePage(request) ? this.#servedTo(request, url, draw, report) : undefined;
    let asked = request;
    let pass: ((page: Response) => Response) | undefined;
    if (served && decidesEarly(served.live, request)) {
      const visit = this.#visit(request, url, "", served, draw, undefined, context, report);
      try {
        const early = decideEarly(visit);
        if ("unchanged" in early) {
          const decided = performance.now();
          pass = (page) => {
            visit.waitedSince(decided);
            return respond(visit, page, page.body, early.unchanged);
          };
        } else {
          const kept = early.shared && (await fromCache(visit, early.shared));
          if (kept) return kept;
          asked = unconditional(request);
        }
      } catch (error) {
        const page = await this.#origin(request, context);
        return isPage(request, page) ? faulty(visit, page, error) : page;
      }
    }
    const page = await this.#origin(asked, context);
    if (pass) return isPage(request, page) ? pass(page) : page;
    if (refreshed) await refreshed;
    if (!isPage(request, page)) return page;
    // The origin may have taken its time: what is live now decides.
    const serving = this.#servedTo(request, url, draw, report);
    if (!serving) return page;
    const visit = this.#visit(request, url, contentType(page), serving, draw, undefined, context, report);
    return this.#personalize(visit, page);
  }

  async #personalize(visit: Visit, page: Response): Promise<Response> {
    try {
      return await personalize(visit, page);
    } catch (error) {
      return faulty(visit, page, error);
    }
  }

  /** The page as another visitor sees it, or why a visitor sees what. */
  async #preview(
    preview: PreviewRequest,
    request: Request,
    context: Context,
    report: (event: FootlightEvent) => void,
  ): Promise<Response> {
    await this.#bundles.refresh(request.url, context, report);
    const site = this.#bundles.live(report)?.live.site;
    if (site === undefined) return refuse(503, "no-bundle", "there is no bundle to preview");
    const refusal = await refusePreview(request, site, this.#keys);
    if (refusal) return refusal;
    const page = await this.#origin(new Request(preview.url, request), context);
    const served = this.#bundles.live(report);
    if (!served || !(preview.explain || isPage(request, page))) return page;
    try {
      const { url, as } = preview;
      const visit = this.#visit(request, url, contentType(page), served, random(), as, context, report);
      return await (preview.explain ? explain(visit, page) : this.#personalize(visit, page));
    } catch (error) {
      if (!(error instanceof BadPreview)) throw error;
      return refuse(400, error.name, error.message);
    }
  }

  #visit(
    request: Request,
    url: string,
    contentType: string,
    served: Served,
    random: Random,
    as: string | undefined,
    context: Context,
    report: (event: FootlightEvent) => void,
  ): Visit {
    const { refused } = this.#bundles;
    return new Visit({ request, url, contentType, served, random, instance: this.#instance, as, refused, context, report });
  }

  #servedTo(
    request: Request,
    url: string,
    random: Random,
    report: (event: FootlightEvent) => void,
  ): Served | undefined {
    return this.#bundles.servedTo({ request, url, random, keepsId: isVisit(request) }, report);
  }

  async #endpoint(
    endpoint: string,
    request: Request,
    context: Context,
    report: (event: FootlightEvent) => void,
  ): Promise<Response> {
    await this.#bundles.refresh(request.url, context, report);
    const { generation } = this.#instance;
    try {
      const serve = (random: Random, keepsId: boolean) =>
        this.#bundles.servedTo({ request, url: request.url, random, keepsId }, report);
      return await answerTo(endpoint, request, serve, this.#keys);
    } catch (error) {
      const kind = this.#instance.giveUp(error, generation);
      report({ type: "fault", kind, message: String(error), bundle: undefined });
      return refuse(500, kind, "the decision failed");
    }
  }

  #origin(request: Request, context: Context): Response | Promise<Response> {
    if (this.#options.origin) return this.#options.origin(request, this.#env, context);
    return forward(request, this.#env.ORIGIN);
  }

  #report(event: FootlightEvent, context: Context): void {
    try {
      if (this.#options.onEvent) this.#options.onEvent(event, this.#env, context);
      else if (this.#env.FOOTLIGHT_EVENTS) writeEvent(this.#env.FOOTLIGHT_EVENTS, event);
    } catch (error) {
      // An event that is lost must not cost the page.
      console.error("footlight: an event was not taken", error);
    }
  }
}

function forward(request: Request, origin: Origin | undefined): Promise<Response> {
  if (origin === undefined) return fetch(request);
  if (typeof origin !== "string") return origin.fetch(request);
  const { pathname, search } = new URL(request.url);
  return fetch(new Request(new URL(pathname + search, origin), request));
}

/** Whether something depends on the decision before the page is there. */
function decidesEarly(live: Live, request: Request): boolean {
  return isConditional(request) || (live.shares && hasCache() && mayBeShared(request));
}

/** Whether somebody looks at a page, and not only fetches it ahead: a visitor who is new gets a cookie then. */
function isVisit({ method, headers }: Request): boolean {
  return method === "GET" && !headers.has("sec-purpose");
}

function contentType(page: Response): string {
  return page.headers.get("content-type") ?? "";
}

/** The page as it came, saying that something failed. */
function faulty(visit: Visit, page: Response, error: unknown): Response {
  const kind = visit.fault(error);
  const response = new Response(page.body, page);
  visit.sign(response.headers, `fault; kind=${kind}`);
  return response;
}

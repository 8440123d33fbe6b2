import type { Keys } from "../environment.js";
import { json, refuse } from "../json.js";
import { hasToken, refusePreview } from "../preview.js";
import type { Served } from "../release/serving.js";
import { servedReport } from "../served-report.js";

/** `GET /.footlight/decide?url=…`: what the visitor gets there, as JSON; with a preview token, also why. */
export async function decide(request: Request, served: Served, keys: Keys): Promise<Response> {
  if (request.method !== "GET") {
    return refuse(405, "method", "this endpoint answers GET", { allow: "GET" });
  }
  const here = new URL(request.url);
  const url = about(here, request.headers.get("referer"));
  if (!url) return refuse(400, "url", "`url` must be a URL or a path of this site");
  const { live } = served;
  const explain = hasToken(request);
  if (explain) {
    const refusal = await refusePreview(request, live.site, keys);
    if (refusal) return refusal;
  }
  const report = live.engine.report(live.pack(request, url), Date.now(), undefined, explain);
  return json(JSON.stringify(servedReport(served, report)));
}

/** The page that is asked about: the parameter's, or the one that asks. */
function about(here: URL, referrer: string | null): string | undefined {
  const url = here.searchParams.get("url") ?? referrer ?? "/";
  const parsed = URL.canParse(url, here) ? new URL(url, here) : undefined;
  return parsed?.origin === here.origin ? parsed.href : undefined;
}

import type { Keys } from "./environment.js";
import { refuse } from "./json.js";
import { type TokenProblem, tokenProblem } from "./preview-token.js";

const EXPLAIN = "footlight";
const AS = "footlight-as";
const TOKEN = "footlight-token";

/** What a request asks for besides the page. */
export interface PreviewRequest {
  /** The reasons, instead of the page. */
  readonly explain: boolean;
  /** Another visitor, described as in `country:CH,device:phone`. */
  readonly as: string | undefined;
  /** The URL without all that. */
  readonly url: string;
}

const PROBLEMS: Record<TokenProblem, string> = {
  forged: "the preview token is not genuine",
  expired: "the preview token has expired",
  "other-site": "the preview token is for another site",
};

/** What kind of preview the URL asks for, if any. */
export function readPreview(url: string): PreviewRequest | undefined {
  // Nearly every URL ends here, before it is parsed.
  if (!url.includes("footlight")) return undefined;
  const parsed = new URL(url);
  const query = parsed.searchParams;
  const explain = query.get(EXPLAIN) === "explain";
  const as = query.get(AS) ?? undefined;
  if (!explain && as === undefined) return undefined;
  for (const name of [EXPLAIN, AS, TOKEN]) query.delete(name);
  return { explain, as, url: parsed.href };
}

/** Why the request may not see previews of a site; undefined when it may. */
export async function refusePreview(request: Request, site: string, keys: Keys): Promise<Response | undefined> {
  const token = new URL(request.url).searchParams.get(TOKEN) ?? readCookie(request, TOKEN);
  if (!token) return refuse(401, "no-token", "a preview needs a token: `footlight preview-token` makes one");
  if (!keys.preview) return refuse(403, "no-previews", "this worker has no FOOTLIGHT_PREVIEW_KEY, so no previews");
  const problem = await tokenProblem(keys.preview, site, token, Date.now());
  return problem && refuse(403, `token-${problem}`, PROBLEMS[problem]);
}

/** Whether the request carries a token at all. */
export function hasToken(request: Request): boolean {
  return new URL(request.url).searchParams.has(TOKEN) || readCookie(request, TOKEN) !== undefined;
}

function readCookie(request: Request, name: string): string | undefined {
  const cookies = (request.headers.get("cookie") ?? "").split(";").map((cookie) => cookie.trim());
  return cookies.find((cookie) => cookie.startsWith(`${name}=`))?.slice(name.length + 1);
}

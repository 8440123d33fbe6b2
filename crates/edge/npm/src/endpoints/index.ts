import type { Live } from "../bundles.js";
import type { Keys } from "../environment.js";
import { refuse } from "../json.js";
import { answer } from "./answer.js";
import { decide } from "./decide.js";

const PREFIX = "/.footlight/";

/** The name of the endpoint that a URL addresses; undefined for the shop's own URLs. */
export function endpointOf(url: string): string | undefined {
  if (!url.includes(PREFIX)) return undefined;
  const { pathname } = new URL(url);
  return pathname.startsWith(PREFIX) ? pathname.slice(PREFIX.length) : undefined;
}

export async function answerTo(endpoint: string, request: Request, live: Live | undefined, keys: Keys): Promise<Response> {
  if (endpoint !== "decide" && endpoint !== "answer") {
    return refuse(404, "unknown-endpoint", "there are `decide` and `answer`");
  }
  if (!live) return refuse(503, "no-bundle", "there is no bundle to decide with");
  return endpoint === "decide" ? decide(request, live, keys) : answer(request, live);
}

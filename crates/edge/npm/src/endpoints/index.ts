import type { Keys } from "../environment.js";
import { refuse } from "../json.js";
import { type Random, random } from "../random.js";
import type { Served } from "../release/serving.js";
import { answer } from "./answer.js";
import { decide } from "./decide.js";

const PREFIX = "/.footlight/";

/** The name of the endpoint that a URL addresses; undefined for the shop's own URLs. */
export function endpointOf(url: string): string | undefined {
  if (!url.includes(PREFIX)) return undefined;
  const { pathname } = new URL(url);
  return pathname.startsWith(PREFIX) ? pathname.slice(PREFIX.length) : undefined;
}

/** What the visitor is served by, for whom a new id may be made, and told or not. */
type Serve = (random: Random, keepsId: boolean) => Served | undefined;

const NOBODY: Random = [0, 0, 0, 0];

export async function answerTo(endpoint: string, request: Request, serve: Serve, keys: Keys): Promise<Response> {
  if (endpoint !== "decide" && endpoint !== "answer") {
    return refuse(404, "unknown-endpoint", "there are `decide` and `answer`");
  }
  const isAnswer = endpoint === "answer";
  const draw = isAnswer ? random() : NOBODY;
  const served = serve(draw, isAnswer);
  if (!served) return refuse(503, "no-bundle", "there is no bundle to decide with");
  return isAnswer ? answer(request, served.live, draw) : decide(request, served, keys);
}

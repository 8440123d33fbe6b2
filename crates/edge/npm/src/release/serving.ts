import type { Fault } from "../events.js";
import type { Instance } from "../instance.js";
import type { Random } from "../random.js";
import { isInCanary } from "./canary.js";
import type { Live, Loaded } from "./loaded.js";
import type { Canary } from "./release.js";
import type { Current } from "./shelf.js";

/** What a visitor is served by. */
export interface Served {
  readonly live: Live;
  /** The release's sequence number; undefined for the built-in bundle. */
  readonly release: number | undefined;
  readonly isCanary: boolean;
}

/** Who makes a request. */
export interface Asking {
  readonly request: Request;
  readonly url: string;
  /** What becomes the id of a visitor who is new: the decision must be given the same. */
  readonly random: Random;
  /** Whether the answer tells visitors their new id. */
  readonly keepsId: boolean;
}

type Report = (fault: Fault) => void;
type Refuse = (error: Error, bundle: string, isCanary: boolean) => void;

/** What everybody is served by who is not in a canary. */
export function serveLive(current: Current | undefined, refuse: Refuse): Served | undefined {
  return current && served(current, current.live, refuse);
}

/**
 * What a visitor is served by. Who has no id is in no canary, and neither is who is not going to keep it: the next visit
 * would be another draw.
 */
export function serve(
  current: Current | undefined,
  asking: Asking,
  instance: Instance,
  refuse: Refuse,
  report: Report,
): Served | undefined {
  const live = serveLive(current, refuse);
  const canary = current?.release?.canary;
  if (!live || !current?.canary || !canary) return live;
  const isCanary = belongs(live.live, canary, asking, instance, report);
  // If there was a fault, the engine is another one now.
  return (isCanary && served(current, current.canary, refuse)) || serveLive(current, refuse);
}

function served(current: Current, loaded: Loaded, refuse: Refuse): Served | undefined {
  const isCanary = loaded === current.canary;
  const live = loaded.live((error) => refuse(error, loaded.id, isCanary));
  return live && { live, release: current.release?.sequence, isCanary };
}

function belongs(live: Live, canary: Canary, asking: Asking, instance: Instance, report: Report): boolean {
  const { request, url, random, keepsId } = asking;
  const { generation } = instance;
  const now = Date.now();
  try {
    const packed = live.pack(request, url);
    const visitor = live.engine.recognize(packed, now, random);
    if (typeof visitor === "string" || (visitor.isNew && !keepsId)) return false;
    // A bot with somebody's cookie is still a bot.
    return isInCanary(visitor.id, canary) && live.engine.decide(packed, now, random).reason !== "bot";
  } catch (error) {
    report({ type: "fault", kind: instance.giveUp(error, generation), message: String(error), bundle: live.id });
    return false;
  }
}

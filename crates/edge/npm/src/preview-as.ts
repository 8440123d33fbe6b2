import type { Notes } from "./notes.js";

/** What a preview pretends, in the engine's numbers. */
export interface Pretence {
  /** Values of facts, by their numbers. */
  readonly facts: ReadonlyMap<number, string>;
  /** Another time than now. */
  readonly nowMs: number | undefined;
  /** Bits, see `wish` in `crates/edge/src/engine.rs`. */
  readonly wishes: number;
  /** A rule that wins its slot whatever its conditions say, counted from 1; 0 for none. */
  readonly rule: number;
  /** The variant that experiments show, by the number of its name, counted from 1; 0 for the first that changes something. */
  readonly variant: number;
}

const PREVIEW = 1;
const ANOTHER = 2;
const WITHOUT_CONSENT = 4;
const RETURNING = 8;

/** No variant's name has this number. */
const NO_VARIANT = 65_536;

/** A User-Agent of each class of devices, as in `footlight-core`. */
const USER_AGENTS: Readonly<Record<string, string>> = {
  phone: "Mozilla/5.0 (Linux; Android 10; K) Chrome/130.0.0.0 Mobile Safari/537.36",
  tablet: "Mozilla/5.0 (Linux; Android 10; K) Chrome/130.0.0.0 Safari/537.36",
  desktop: "Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/130.0.0.0 Safari/537.36",
  bot: "Googlebot/2.1",
  other: "Mozilla/5.0",
};
const CLIENT_HINTS = ["sec-ch-ua", "sec-ch-ua-mobile", "sec-ch-ua-platform"];

/** A preview's description that cannot be read. */
export class BadPreview extends Error {
  override readonly name = "bad-preview";
}

/**
 * Reads `country:CH,device:phone,returning:true,at:2026-12-01T10:00:00Z,rule:ID`; empty for a preview of what the one who
 * asks gets. Other visitors have consented to everything, unless it says `consent:false`.
 */
export function readPretence(description: string, notes: Notes): Pretence {
  const facts = new Map<number, string>();
  const set = (fact: number | undefined, value: string) => {
    // What no decision depends on need not be pretended.
    if (fact !== undefined && fact >= 0) facts.set(fact, value.replaceAll("\n", " "));
  };
  const header = (name: string, value: string) => set(notes.facts.indexOf(`header:${name}`), value);
  let nowMs: number | undefined;
  let wishes = description === "" ? PREVIEW : PREVIEW | ANOTHER;
  let rule = 0;
  let variant = 0;
  for (const part of description.split(",").filter(Boolean)) {
    const colon = part.indexOf(":");
    const [key, value] = colon < 0 ? [part, ""] : [part.slice(0, colon), part.slice(colon + 1)];
    const bad = () => new BadPreview(`\`${key}\` cannot be \`${value}\``);
    const bit = (bit: number, when: string) => {
      if (value !== "true" && value !== "false") throw bad();
      wishes = value === when ? wishes | bit : wishes & ~bit;
    };
    switch (key) {
      case "country":
      case "region":
      case "city":
      case "postal":
      case "zone":
        set(notes.places.find(([place]) => place === key)?.[1], value);
        break;
      case "language":
        header("accept-language", value);
        break;
      case "device": {
        const agent = Object.hasOwn(USER_AGENTS, value) ? USER_AGENTS[value] : undefined;
        if (agent === undefined) throw bad();
        header("user-agent", agent);
        for (const name of CLIENT_HINTS) header(name, "");
        break;
      }
      case "returning":
        bit(RETURNING, "true");
        break;
      case "consent":
        bit(WITHOUT_CONSENT, "false");
        break;
      case "at":
        nowMs = readTime(value);
        if (nowMs === undefined) throw bad();
        break;
      case "rule":
        rule = notes.rules.indexOf(value) + 1;
        if (rule === 0) throw bad();
        break;
      case "variant":
        variant = notes.variants.indexOf(value) + 1 || NO_VARIANT;
        break;
      default:
        throw new BadPreview(`nothing to preview is called \`${key}\``);
    }
  }
  return { facts, nowMs, wishes, rule, variant };
}

/** An RFC 3339 date and time, as milliseconds since 1970. */
function readTime(text: string): number | undefined {
  const shape = /^(\d{4})-(\d\d)-(\d\d)T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,9})?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)$/i;
  const [, year, month, day] = shape.exec(text) ?? [];
  // `Date` takes the 30 February for the 2 March.
  const date = new Date(`${year}-${month}-${day}T00:00:00Z`);
  if (Number.isNaN(date.getTime()) || date.getUTCDate() !== Number(day)) return undefined;
  return Date.parse(text.toUpperCase());
}

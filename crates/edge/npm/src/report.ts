import { type Explanation, explanation } from "./explanation.js";
import type { Notes } from "./notes.js";
import type { Reader } from "./reader.js";
import type { Summary } from "./summary.js";

/** A decision in words: the document that the endpoints and the command answer with. `schema/report.schema.json` describes it. */
export interface Report {
  readonly stage: string | null;
  /** Why nothing changes, when nothing does. */
  readonly default?: string | undefined;
  readonly market: string | null;
  readonly cache: Summary["cache"];
  /** Of a page that visitors share, what they share it by. */
  readonly cache_key?: string | undefined;
  readonly slots: readonly Slot[];
  readonly explanation?: Explanation | undefined;
}

interface Slot {
  readonly slot: string;
  readonly rule: string;
  readonly variant: string | undefined;
  readonly edits: readonly object[];
}

/** What the engine says of a decision apart from its summary. */
export interface Said {
  readonly summary: Summary;
  readonly variantKey: string;
  readonly reader: Reader;
  /** Whether the reasons follow. */
  readonly explained: boolean;
}

const PLACES = ["inner", "replace", "before", "after", "prepend", "append"];

/** Puts the words to what the engine says. */
export function report({ summary, variantKey, reader, explained }: Said, notes: Notes): Report {
  const { stage, reason, cache } = summary;
  const market = reader.option(() => reader.number());
  const slots = reader.list(() => readSlot(reader, notes));
  return {
    stage: stage ?? null,
    default: reason,
    market: market === undefined ? null : (notes.markets[market] ?? ""),
    cache,
    cache_key: cache === "shared" ? variantKey : undefined,
    slots,
    explanation: explained ? explanation(reader, notes, stage, reason) : undefined,
  };
}

function readSlot(reader: Reader, notes: Notes): Slot {
  const rule = notes.rules[reader.number()] ?? "";
  // Without a name for what is no experiment.
  const variant = notes.variants[reader.number()] || undefined;
  const slot = notes.slots[reader.number()] ?? "";
  return { slot, rule, variant, edits: reader.list(() => readEdit(reader, notes)) };
}

function readEdit(reader: Reader, notes: Notes): object {
  const selector = notes.targets[reader.number()] ?? "";
  const kind = reader.byte();
  const place = PLACES[reader.byte()];
  const name = reader.text();
  const text = reader.text();
  switch (kind) {
    case 0:
      return { selector, change: "insert", place, html: text };
    case 1:
      return { selector, change: "set-attribute", name, value: text };
    case 2:
      return { selector, change: "remove-attribute", name };
    default:
      return { selector, change: kind === 3 ? "remove" : "price" };
  }
}

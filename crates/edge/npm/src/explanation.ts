import type { Notes, SignalNote } from "./notes.js";
import type { Reader } from "./reader.js";

/**
 * The words to a decision's reasons. The engine gives numbers: how each rule fared, and what each condition came to;
 * `Explanation` in `footlight-core` puts the same words to them, for the command.
 */
export interface Explanation {
  readonly stage: string | null;
  readonly default: string | null;
  readonly signals: readonly object[];
  readonly segments: readonly object[];
  readonly rules: readonly object[];
  readonly conditions_evaluated: number;
}

interface Rule {
  readonly rule: number;
  readonly slot: number;
  readonly condition: number | undefined;
  readonly segments: readonly number[];
  readonly outcome: string;
  readonly detail: number;
  readonly reason: string;
}

interface Node {
  readonly kind: number;
  readonly truth: string;
  readonly operands: readonly number[];
  /** Of a signal. */
  readonly value: string | undefined;
  readonly known: boolean;
}

interface Reason {
  readonly condition: string;
  readonly truth: string;
  readonly values: readonly string[];
}

const OUTCOMES = [
  "won",
  "slot-taken",
  "not-in-segment",
  "segment-unknown",
  "condition-false",
  "condition-unknown",
  "too-early",
  "too-late",
  "review-overdue",
  "kind-forbidden",
  "over-budget",
  "capped",
  "cap-unknown",
  "not-in-experiment",
  "experiment-unknown",
  "content-unknown",
  "no-market",
];
const UNKNOWNS = [
  "no data",
  "no consent",
  "no consent to functional purposes",
  "no consent to analytics",
  "no consent to personalization",
  "no consent to marketing",
  "not of its declared type",
  "no result",
];
const TRUTHS = ["false", "true", "unknown"];
/** Outcomes that a rule had before anybody asked for its segments. */
const BEFORE_SEGMENTS = ["slot-taken", "kind-forbidden", "over-budget", "too-early", "too-late", "review-overdue"];
const BY_SEGMENT = ["not-in-segment", "segment-unknown"];
const BY_CONDITION = ["condition-false", "condition-unknown", "won"];

const AND = 1;
const OR = 2;
const NOT = 3;

export function explanation(
  reader: Reader,
  notes: Notes,
  stage: string | undefined,
  reason: string | undefined,
): Explanation {
  const evaluated = reader.number();
  const rules = reader.list(() => readRule(reader));
  const segments = reader.list(() => reader.number());
  const nodes = reader.list(() => readNode(reader));
  const telling = new Telling(notes, segments, nodes);
  const asked = new Set(rules.flatMap(segmentsAsked));
  // In this order: what was read is told of last.
  const tellingOfSegments = [...asked].flatMap((segment) => telling.segment(segment));
  const tellingOfRules = rules.map((rule) => telling.rule(rule));
  return {
    stage: stage ?? null,
    default: reason ?? null,
    signals: telling.signals(),
    segments: tellingOfSegments,
    rules: tellingOfRules,
    conditions_evaluated: evaluated,
  };
}

function readRule(reader: Reader): Rule {
  return {
    rule: reader.number(),
    slot: reader.number(),
    condition: reader.option(() => reader.number()),
    segments: reader.list(() => reader.number()),
    outcome: OUTCOMES[reader.byte()] ?? "",
    detail: reader.number(),
    reason: UNKNOWNS[reader.byte()] ?? "",
  };
}

function readNode(reader: Reader): Node {
  const kind = reader.byte();
  const truth = TRUTHS[reader.byte()] ?? "unknown";
  const operands = reader.list(() => reader.number());
  return { kind, truth, operands, ...readValue(reader) };
}

/** A signal's value as explanations show it. */
function readValue(reader: Reader): { value: string | undefined; known: boolean } {
  switch (reader.number()) {
    case 1:
      return { value: `unknown: ${UNKNOWNS[reader.byte()] ?? ""}`, known: false };
    case 2:
      return { value: String(reader.byte() === 1), known: true };
    case 3:
      return { value: String(reader.signed()), known: true };
    case 4:
      return { value: showDouble(reader.double()), known: true };
    case 5:
      return { value: quote(reader.text()), known: true };
    case 6:
      return { value: showTime(reader.signed()), known: true };
    case 7:
      return { value: `${reader.signed() / 1000n}s`, known: true };
    case 8:
      return { value: `[${reader.list(() => quote(reader.text())).join(", ")}]`, known: true };
    default:
      return { value: undefined, known: true };
  }
}

/** The segments that were asked for before a rule fared as it did. */
function segmentsAsked({ outcome, segments, detail }: Rule): readonly number[] {
  if (BEFORE_SEGMENTS.includes(outcome)) return [];
  const last = BY_SEGMENT.includes(outcome) ? segments.indexOf(detail) : -1;
  return last < 0 ? segments : segments.slice(0, last + 1);
}

class Telling {
  readonly #notes: Notes;
  readonly #conditions: ReadonlyMap<number, string>;
  readonly #signals: ReadonlyMap<number, SignalNote>;
  readonly #segments: readonly number[];
  readonly #nodes: readonly Node[];
  /** The signals that were told of, by their nodes. */
  readonly #read = new Set<number>();

  constructor(notes: Notes, segments: readonly number[], nodes: readonly Node[]) {
    this.#notes = notes;
    this.#conditions = new Map(notes.conditions);
    this.#signals = new Map(notes.signals.map((signal) => [signal.node, signal]));
    this.#segments = segments;
    this.#nodes = nodes;
  }

  segment(number: number): object[] {
    const condition = this.#segments[number];
    const note = this.#notes.segments[number];
    if (condition === undefined || !note) return [];
    this.#collectSignals(condition, this.#read);
    const { id, kind } = note;
    return [{ id, kind, truth: this.#truth(condition), because: this.#reasons(condition) }];
  }

  rule(rule: Rule): object {
    const { outcome, detail } = rule;
    let decided: number | undefined;
    if (BY_CONDITION.includes(outcome)) {
      decided = rule.condition;
      if (decided !== undefined) this.#collectSignals(decided, this.#read);
    } else if (BY_SEGMENT.includes(outcome)) {
      decided = this.#segments[detail];
    }
    return {
      id: this.#notes.rules[rule.rule] ?? "",
      slot: this.#notes.slots[rule.slot] ?? "",
      outcome,
      detail: this.#detail(rule),
      because: decided === undefined ? [] : this.#reasons(decided),
      near_miss: this.#nearMiss(rule),
    };
  }

  signals(): object[] {
    return [...this.#read].flatMap((node) => {
      const signal = this.#signals.get(node);
      if (!signal) return [];
      const { name, source, purpose } = signal;
      const { value, known } = this.#nodes[node] as Node;
      return [{ name, value, known, source, purpose }];
    });
  }

  #detail({ outcome, detail, reason }: Rule): string | null {
    if (outcome === "slot-taken") return this.#notes.rules[detail] ?? "";
    if (BY_SEGMENT.includes(outcome)) return this.#notes.segments[detail]?.id ?? null;
    if (outcome === "content-unknown") return `${this.#conditions.get(detail) ?? ""}: ${reason}`;
    return null;
  }

  #truth(id: number): string {
    return this.#nodes[id]?.truth ?? "unknown";
  }

  #collectSignals(id: number, into: Set<number>): void {
    const node = this.#nodes[id];
    if (node?.value !== undefined) into.add(id);
    for (const operand of node?.operands ?? []) this.#collectSignals(operand, into);
  }

  /** The condition that a rule lacks, when it lacks exactly one. */
  #nearMiss(rule: Rule): Reason | null {
    const roots = rule.segments.flatMap((segment) => this.#segments[segment] ?? []);
    if (rule.condition !== undefined) roots.push(rule.condition);
    const lacking = new Set(roots.flatMap((root) => this.#lacking(root)));
    const [leaf] = lacking;
    return lacking.size === 1 && leaf !== undefined ? this.#reason(leaf) : null;
  }

  /** The fewest leaves that would have to hold for a condition to hold. */
  #lacking(id: number): number[] {
    const node = this.#nodes[id];
    if (node?.truth === "true") return [];
    const each = () => (node?.operands ?? []).map((operand) => [...new Set(this.#lacking(operand))]);
    if (node?.kind === AND) return each().flat();
    if (node?.kind === OR) {
      const [first, ...others] = each();
      return others.reduce((fewest, one) => (one.length < fewest.length ? one : fewest), first ?? []);
    }
    return [id];
  }

  /** The leaves of a condition that made it what it is. */
  #reasons(root: number): Reason[] {
    return this.#deciding(root).map((leaf) => this.#reason(leaf));
  }

  #reason(leaf: number): Reason {
    const read = new Set<number>();
    this.#collectSignals(leaf, read);
    const values = [...read].flatMap((node) => {
      const signal = this.#signals.get(node);
      return signal ? [`${signal.name} = ${this.#nodes[node]?.value}`] : [];
    });
    return { condition: this.#conditions.get(leaf) ?? "", truth: this.#truth(leaf), values };
  }

  /** An `&&` that fails is decided by its first failing operand, one that holds by all of them; `||` the other way round. */
  #deciding(id: number): number[] {
    const node = this.#nodes[id];
    const operands = node?.operands ?? [];
    const isCompound = (operand: number) => (this.#nodes[operand]?.kind ?? 0) !== 0;
    let decidedByOne = false;
    if (node?.kind === AND) decidedByOne = node.truth !== "true";
    else if (node?.kind === OR) decidedByOne = node.truth === "true";
    else if (node?.kind !== NOT || !operands.some(isCompound)) return [id];
    if (!decidedByOne) return operands.flatMap((operand) => this.#deciding(operand));
    const one = operands.find((operand) => this.#truth(operand) === node?.truth);
    return one === undefined ? [] : this.#deciding(one);
  }
}

/** Text in CEL's single quotes. */
function quote(text: string): string {
  return `'${text.replace(/['\\]/g, "\\$&").replaceAll("\n", "\\n")}'`;
}

/** A double with at most six decimals. */
function showDouble(number: number): string {
  if (!Number.isFinite(number) || Math.abs(number) > 9e12) return number > 0 ? "very large" : "very small";
  const micros = BigInt(Math.trunc(number * 1e6 + (number < 0 ? -0.5 : 0.5)));
  const digits = String(micros < 0n ? -micros : micros).padStart(7, "0");
  const decimals = digits.slice(-6).replace(/0+$/, "") || "0";
  return `${micros < 0n ? "-" : ""}${digits.slice(0, -6)}.${decimals}`;
}

const FIRST_MS = -62_135_596_800_000n;
const LAST_MS = 253_402_300_799_999n;

/** Milliseconds since 1970 as RFC 3339, in UTC, with as many decimals as it needs. */
function showTime(ms: bigint): string {
  const within = ms < FIRST_MS ? FIRST_MS : ms > LAST_MS ? LAST_MS : ms;
  return new Date(Number(within)).toISOString().replace(/\.?0+Z$/, "Z");
}

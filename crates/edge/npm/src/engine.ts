import { hexadecimal } from "./encoding.js";
import { Engine as Evaluator, type Instance, type Page } from "./instance.js";
import type { Notes } from "./notes.js";
import type { Pretence } from "./preview-as.js";
import type { Random } from "./random.js";
import { Reader } from "./reader.js";
import { Refusal } from "./refusal.js";
import { type Report, report } from "./report.js";
import { Summary } from "./summary.js";

/** Why the engine refuses bundles, by the numbers that it gives. */
const REFUSALS = ["malformed", "unsound", "bad-selector"] as const;

/** Why a visitor is not recognized, by the numbers that the engine gives. */
const STRANGERS = [undefined, "no-consent", "no-key"] as const;
export type Stranger = NonNullable<(typeof STRANGERS)[number]>;

const REASONS = 16;
const ID_BYTES = 16;

/** Somebody whom the shop may recognize. */
export interface Visitor {
  /** 32 hexadecimal digits, as experiments hash it. */
  readonly id: string;
  /** Whether the id was made for this request. */
  readonly isNew: boolean;
}

/**
 * A loaded bundle: the evaluator, which speaks numbers, and the words to them. Methods that describe "the decision" speak
 * of the last one; ask before anything else can run.
 */
export class Engine {
  readonly notes: Notes;
  readonly #instance: Instance;
  readonly #evaluator: Evaluator;

  private constructor(instance: Instance, evaluator: Evaluator, notes: Notes) {
    this.#instance = instance;
    this.#evaluator = evaluator;
    this.notes = notes;
  }

  /** Loads a bundle's body; `notes` are those beside it. Throws a {@link Refusal}. */
  static load(instance: Instance, body: Uint8Array, notes: Notes, cookieKeys: Uint8Array): Engine {
    instance.put(body, cookieKeys);
    const evaluator = Evaluator.load(instance.buffers, body.length, cookieKeys.length);
    if (!evaluator) throw new Refusal(REFUSALS[instance.output(1)[0] ?? 0] ?? "malformed");
    return new Engine(instance, evaluator, notes);
  }

  /** Decides for the packed facts of a request; `as` is what a preview pretends. */
  decide(packed: string, nowMs: number, random: Random, as?: Pretence, reasons = false): Summary {
    const length = this.#instance.putText(as ? pretend(packed, as) : packed);
    const [r0, r1, r2, r3] = random;
    const wishes = (as?.wishes ?? 0) | (reasons ? REASONS : 0);
    const now = as?.nowMs ?? nowMs;
    return new Summary(
      this.#evaluator.decide(length, now, r0, r1, r2, r3, wishes, as?.rule ?? 0, as?.variant ?? 0),
    );
  }

  /** Decides, and says what and why in words. */
  report(packed: string, nowMs: number, as: Pretence | undefined, explained: boolean): Report {
    const summary = this.decide(packed, nowMs, [0, 0, 0, 0], as, explained);
    const variantKey = this.variantKey();
    const reader = new Reader(this.#instance.output(this.#evaluator.report()));
    return report({ summary, variantKey, reader, explained }, this.notes);
  }

  /** Recognizes who makes a request, or says why not. */
  recognize(packed: string, nowMs: number, random: Random): Visitor | Stranger {
    const length = this.#instance.putText(packed);
    const [r0, r1, r2, r3] = random;
    const stranger = STRANGERS[this.#evaluator.recognize(length, nowMs, r0, r1, r2, r3)];
    if (stranger) return stranger;
    const id = this.#instance.output(ID_BYTES);
    const words = new DataView(id.buffer, id.byteOffset);
    const isNew = random.every((word, index) => words.getUint32(4 * index, true) === word);
    return { id: hexadecimal(id), isNew };
  }

  /** Notes an answer of the visitor who was recognized to a question, both by their numbers. Whether there are such ones. */
  answer(question: number, answer: number): boolean {
    return this.#evaluator.answer(question, answer);
  }

  /** The decision's or the answer's `Set-Cookie` header, or empty. */
  cookie(): string {
    return this.#instance.text(this.#evaluator.cookie());
  }

  /** The decision's `Link` header, or empty. */
  link(): string {
    return this.#instance.text(this.#evaluator.link());
  }

  /** The decision's variant key, where its page is shared by key; otherwise empty. */
  variantKey(): string {
    return this.#instance.text(this.#evaluator.variantKey());
  }

  /** The rules that won, in their order; of an experiment, with the variant after a `/`. */
  winners(): string[] {
    const winners: string[] = [];
    for (let winner = this.#evaluator.winner(0); winner >= 0; winner = this.#evaluator.winner(winners.length)) {
      const rule = this.notes.rules[Math.floor(winner / 65_536)] ?? "";
      const variant = winner % 65_536;
      winners.push(variant === 0 ? rule : `${rule}/${this.notes.variants[variant]}`);
    }
    return winners;
  }

  /** Reads what the beginning of a page says of it; the next decision takes that into account. Whether that is all. */
  probe(beginning: Uint8Array, contentType: string): boolean {
    const type = encoder.encode(contentType);
    this.#instance.put(beginning, type);
    return this.#evaluator.probe(beginning.length, type.length);
  }

  /** A page that gets the decision's edits. */
  page(contentType: string): Page {
    return this.#evaluator.page(this.#instance.putText(contentType));
  }

  free(): void {
    this.#evaluator.free();
  }
}

const encoder = new TextEncoder();

/** Packed facts with those that a preview pretends. */
function pretend(packed: string, { facts }: Pretence): string {
  const values = packed.split("\n");
  for (const [fact, value] of facts) values[fact] = value;
  return values.join("\n");
}

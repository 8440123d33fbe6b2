/** What a bundle's numbers are called, as `Notes` in `footlight-core` writes it down: lists in the order of the numbers. */
export interface Notes {
  /** The facts that decisions can depend on: `url`, `header:NAME` or `cf:NAME`. */
  readonly facts: readonly string[];
  /** Which of them say what of the visitor's place. */
  readonly places: readonly (readonly [place: string, fact: number])[];
  readonly rules: readonly string[];
  /** Names of variants; the first is empty, that of what is no experiment. */
  readonly variants: readonly string[];
  readonly segments: readonly { readonly id: string; readonly kind: string }[];
  readonly slots: readonly string[];
  /** Selectors. */
  readonly targets: readonly string[];
  readonly markets: readonly string[];
  readonly questions: readonly { readonly name: string; readonly answers: readonly string[] }[];
  /** The conditions that explanations mention. */
  readonly conditions: readonly (readonly [node: number, text: string])[];
  readonly signals: readonly SignalNote[];
  /** Whether there are stages whose pages visitors share. */
  readonly shares: boolean;
}

/** A signal among the conditions. */
export interface SignalNote {
  readonly node: number;
  readonly name: string;
  readonly source: string;
  readonly purpose: string;
}

/** Notes that would become longer than this are none: a few bytes can claim to be many. */
const MOST_BYTES = 64 << 20;

/** Unpacks a bundle's notes. */
export async function unpackNotes(packed: Uint8Array<ArrayBuffer>): Promise<Notes> {
  const inflated = new Blob([packed]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
  const decoder = new TextDecoder();
  let text = "";
  for await (const part of inflated as unknown as AsyncIterable<Uint8Array>) {
    text += decoder.decode(part, { stream: true });
    if (text.length > MOST_BYTES) throw new RangeError("the bundle's notes are too long");
  }
  return JSON.parse(text + decoder.decode()) as Notes;
}

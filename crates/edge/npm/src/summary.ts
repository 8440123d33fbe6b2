/** A decision as the engine sums it up in one number; the bits are written down in `crates/edge/src/summary.rs`. */
export class Summary {
  constructor(private readonly bits: number) {}

  get stage(): string | undefined {
    return STAGES[(this.bits & 15) - 1];
  }

  /** Why nothing changes; undefined when something does. */
  get reason(): string | undefined {
    return REASONS[(this.bits >> 4) & 7];
  }

  get cache(): "static" | "shared" | "private" {
    return CACHES[(this.bits >> 7) & 3] ?? "private";
  }

  get hasEdits(): boolean {
    return (this.bits & (1 << 9)) !== 0;
  }

  get hasCookie(): boolean {
    return (this.bits & (1 << 10)) !== 0;
  }

  get hasPreloads(): boolean {
    return (this.bits & (1 << 11)) !== 0;
  }

  get counts(): boolean {
    return (this.bits & (1 << 12)) !== 0;
  }

  /** Whether the stage's rules read the page before deciding. */
  get readsPage(): boolean {
    return (this.bits & (1 << 13)) !== 0;
  }
}

const STAGES = ["pre-entry", "homepage", "category", "product", "cart", "checkout", "thank-you", "post-purchase"];
const REASONS = [undefined, "no-stage", "bot", "holdout", "no-rule"];
const CACHES = ["static", "shared", "private"] as const;

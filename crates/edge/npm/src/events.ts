import type { EventDataset } from "./environment.js";

/** What measurement and alarms are made of. Neither holds anything that identifies a visitor. */
export type FootlightEvent = Exposure | Fault;

/** A visitor is shown what rules won. Bots, prefetches and previews are none. */
export interface Exposure {
  readonly type: "exposure";
  readonly bundle: string;
  readonly stage: string;
  readonly rules: readonly string[];
}

/** Something went wrong, and the page went on as the origin made it. */
export interface Fault {
  readonly type: "fault";
  /** `trap`, `error`, `store`, `missing-bundle`, `cache`, or why a release or a bundle was refused. */
  readonly kind: string;
  readonly message: string;
  readonly bundle: string | undefined;
}

/** One data point an event: index is the bundle, blobs are type, stage or kind, and rules or message. */
export function writeEvent(dataset: EventDataset, event: FootlightEvent): void {
  const about = event.type === "exposure" ? [event.stage, event.rules.join(" ")] : [event.kind, event.message];
  dataset.writeDataPoint({ indexes: [event.bundle ?? ""], blobs: [event.type, ...about], doubles: [1] });
}

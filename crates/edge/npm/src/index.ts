export { createFootlight } from "./footlight.js";
export type { Footlight, Options } from "./footlight.js";
export type { FootlightEnv, KeyValueStore, EventDataset, Origin } from "./environment.js";
export type { FootlightEvent, Exposure, Fault } from "./events.js";
export { createPreviewToken } from "./preview-token.js";

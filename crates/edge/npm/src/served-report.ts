import type { Served } from "./release/serving.js";
import type { Report } from "./report.js";

/** A decision in words, and what made it. */
export interface ServedReport extends Report {
  readonly served_by: {
    /** The bundle's name. */
    readonly bundle: string;
    /** The release's sequence number; missing for the built-in bundle. */
    readonly release?: number | undefined;
    readonly canary: boolean;
  };
}

export function servedReport({ live, release, isCanary }: Served, report: Report): ServedReport {
  return { ...report, served_by: { bundle: live.id, release, canary: isCanary } };
}

import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";

import shop from "../../../www/shop/index.js";

const MATERIAL = process.env.FOOTLIGHT_MATERIAL ?? fileURLToPath(new URL("../../../../shared/material", import.meta.url));

/** Small, medium, large: least and most bytes. */
const SIZES = [
  [15_000, 30_000],
  [180_000, 220_000],
  [1_000_000, 1_500_000],
];

/** The demo shop's listing of everything in a category. */
export async function listing() {
  const response = await shop.fetch(new Request("https://shop.example/c/boots?all=1"));
  return Buffer.from(await response.arrayBuffer());
}

/** The same page, with nothing in it that rules name. */
export function withoutSlots(page) {
  return Buffer.from(page.toString().replaceAll("data-footlight-slot", "data-other-attribute"));
}

/** A page with three slots, as a shop would mark them near its beginning. */
export function withSlots(page) {
  const slots = ["notice", "hero", "currency"].map((name) => `<p data-footlight-slot="${name}">What was here</p>`);
  return Buffer.from(page.toString("latin1").replace(/<body[^>]*>/i, (body) => body + slots.join("")), "latin1");
}

/** A real page of each size, by name, where the reference material is on this machine. */
export function elsewhere() {
  let index;
  try {
    index = readFileSync(`${MATERIAL}/01-html/INDEX.tsv`, "utf8");
  } catch {
    console.log("skipped: pages of other shops; the reference material is not on this machine");
    return [];
  }
  const rows = index.split("\n").slice(1).map((line) => line.split("\t"));
  return SIZES.flatMap(([least, most]) => {
    const [path] = rows.find(([, bytes]) => bytes >= least && bytes <= most) ?? [];
    if (!path) return [];
    const bytes = readFileSync(`${MATERIAL}/01-html/${path}`);
    const page = path.endsWith(".gz") ? gunzipSync(bytes) : bytes;
    return [[`page of ${Math.round(page.length / 1000)} KB`, page]];
  });
}

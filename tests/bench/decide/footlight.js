import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inflateRawSync } from "node:zlib";

import { takeApart } from "../../../crates/edge/npm/dist/bundle-file.js";
import { Engine } from "../../../crates/edge/npm/dist/engine.js";
import { compileFacts } from "../../../crates/edge/npm/dist/facts.js";
import { Instance } from "../../../crates/edge/npm/dist/instance.js";
import { random } from "../../../crates/edge/npm/dist/random.js";
import { visitorCookie } from "./reader.js";
import { SLOTS } from "./shop.js";
import { sources } from "./sources.js";

const ROOT = new URL("../../../", import.meta.url);
const KEY = new Uint8Array(32).fill(7);
export const NOW_MS = Date.UTC(2026, 10, 20, 10);
const DAY_MS = 86_400_000;

const instance = Instance.of(new WebAssembly.Module(readFileSync(new URL("crates/edge/npm/wasm/footlight.wasm", ROOT))));

/** Makes the next bytes of a page ready for the engine's page. */
export const put = (chunk) => instance.put(chunk);

/** Bytes of the module's memory. */
export const memoryBytes = () => instance.memory().length;

/** Rules compiled by `footlight build`. */
export const compile = (rules) => compileSources(sources(rules));

/** Rule sources, text by file name, compiled by `footlight build`. */
export function compileSources(files) {
  const folder = mkdtempSync(join(tmpdir(), "footlight-bench-"));
  try {
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
    mkdirSync(join(folder, "content"));
    const bundle = join(folder, "bench.footlight");
    // Of ten thousand random rules many can never win, and each is warned of.
    const options = { stdio: "pipe", maxBuffer: 1 << 28 };
    execFileSync(process.env.FOOTLIGHT_CLI, ["build", "--rules", folder, "--output", bundle], options);
    return readFileSync(bundle);
  } catch (error) {
    throw new Error(`the rules do not compile:\n${String(error.stderr ?? error).slice(0, 4000)}`);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** An engine; the bundle's notes are read once, however often it is loaded. */
export function load(bundle) {
  const file = takeApart(bundle);
  if (!notes.has(bundle)) notes.set(bundle, JSON.parse(inflateRawSync(file.notes).toString()));
  return Engine.load(instance, file.body, notes.get(bundle), KEY);
}

const notes = new WeakMap();

/** Everything from the request's facts, as strings, to the names of the rules that won. */
export function decider(engine) {
  const pack = compileFacts(engine.notes.facts);
  return ({ request }) => {
    const { reason } = engine.decide(pack(request, request.url), NOW_MS, random());
    return reason ? NOTHING : engine.winners();
  };
}

const NOTHING = [];

/** Puts winners, which stand in the rules' order, into the order of slots. */
export const bySlot = (rules) => {
  const slots = new Map(rules.map((rule) => [rule.id, SLOTS.indexOf(rule.slot)]));
  return (winners) => {
    const found = SLOTS.map(() => undefined);
    for (const id of winners) found[slots.get(id)] = id;
    return found;
  };
};

/**
 * The requests of visitors as the worker gets them; who was here before brings the cookie that an engine gave them, and
 * to the peers one that their reader signed.
 */
export function requestsOf(engine, visitors) {
  const pack = compileFacts(engine.notes.facts);
  return visitors.map((visitor) => {
    const { url, runtime: cf, facts } = visitor;
    const headers = new Map(Object.entries(visitor.headers));
    const request = { url, cf, headers };
    const own = headers.get("cookie");
    for (let visit = facts.visits ?? 1; visit > 1; visit -= 1) {
      engine.decide(pack(request, url), NOW_MS - (visit - 1) * DAY_MS, random());
      headers.set("cookie", `${own}; ${engine.cookie().split(";", 1)[0]}`);
    }
    const theirs = [own, visitorCookie(facts, NOW_MS)].filter(Boolean).join("; ");
    const theirRequest = { url, cf, headers: new Map([...headers, ["cookie", theirs]]) };
    return { ...visitor, request, theirRequest, packed: pack(request, url) };
  });
}

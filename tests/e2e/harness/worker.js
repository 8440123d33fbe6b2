import { fileURLToPath } from "node:url";

import { Log, LogLevel, Miniflare } from "miniflare";

import { KEY, publicKey } from "./release.js";

const ROOT = fileURLToPath(new URL("../../..", import.meta.url));

/** Keys for tests: 32 times the same byte, base64url. */
export const COOKIE_KEY = key(1);
export const PREVIEW_KEY = key(2);

function key(byte) {
  return Buffer.alloc(32, byte).toString("base64url");
}

/** Asks its store at every request, so that no test has to wait. */
const VARS = {
  FOOTLIGHT_COOKIE_KEYS: COOKIE_KEY,
  FOOTLIGHT_PREVIEW_KEY: PREVIEW_KEY,
  FOOTLIGHT_PUBLIC_KEYS: publicKey(KEY),
  FOOTLIGHT_REFRESH_SECONDS: "0",
};

/**
 * Runs a worker in workerd, in front of `origin`, with a real store; `files` is a folder that it serves too, and `state`
 * one where store and cache outlive it.
 */
export async function startWorker({ script = "tests/e2e/worker.js", origin, vars = {}, kv = true, files, state }) {
  const miniflare = new Miniflare({
    modules: true,
    modulesRoot: ROOT,
    scriptPath: ROOT + script,
    modulesRules: [
      { type: "ESModule", include: ["**/*.js"] },
      { type: "CompiledWasm", include: ["**/*.wasm"] },
      { type: "Data", include: ["**/*.footlight"] },
    ],
    compatibilityDate: "2026-04-01",
    cf: false,
    ...(files && { assets: { directory: ROOT + files, binding: "ASSETS", routerConfig: { has_user_worker: true } } }),
    kvNamespaces: kv ? ["FOOTLIGHT"] : [],
    ...(state && { kvPersist: `${state}/kv`, cachePersist: `${state}/cache` }),
    bindings: { ORIGIN: origin, ...VARS, ...vars },
    log: new Log(LogLevel.WARN),
  });
  const url = (await miniflare.ready).href.replace(/\/$/, "");
  return {
    url,
    store: () => miniflare.getKVNamespace("FOOTLIGHT"),
    events: async () => (await fetch(`${url}/test/events`)).json(),
    stop: () => miniflare.dispose(),
  };
}

import { execFileSync, spawn } from "node:child_process";
import { copyFileSync, mkdirSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../../..", import.meta.url));
const TARGET = process.env.FOOTLIGHT_TARGET ?? `${ROOT}target`;
const FOLDER = `${TARGET}/bench/`;

/** Benchmarks that run at the same time must not measure each other. */
const WORKER_PORT = 10_000 + 2 * (process.pid % 10_000);
export const WORKER = `127.0.0.1:${WORKER_PORT}`;
export const ORIGIN = `127.0.0.1:${WORKER_PORT + 1}`;

/** Runs the worker of a suite in workerd, without anything between it and the socket. Gives what ends it. */
export async function startWorkerd(suite) {
  mkdirSync(FOLDER, { recursive: true });
  copyFileSync(`${ROOT}crates/edge/npm/wasm/footlight.wasm`, `${FOLDER}footlight.wasm`);
  copyFileSync(`${ROOT}dist/bench.footlight`, `${FOLDER}bench.footlight`);
  copyFileSync(`${TARGET}/wasm32-unknown-unknown/release/lol_html_wasm.wasm`, `${FOLDER}lol-html.wasm`);
  const bundler = `${ROOT}node_modules/.bin/esbuild`;
  const options = ["--bundle", "--format=esm", "--log-level=warning", "--external:*.wasm", "--external:*.footlight"];
  execFileSync(bundler, [...options, `--outfile=${FOLDER}${suite}.js`, `${ROOT}tests/bench/${suite}/worker.js`]);
  const config = `${FOLDER}${suite}.capnp`;
  writeFileSync(config, configuration(suite));

  const binary = createRequire(import.meta.url)("workerd").default;
  const workerd = spawn(binary, ["serve", config], { stdio: ["ignore", "ignore", "inherit"] });
  process.once("exit", () => workerd.kill());
  for (let tries = 100; !(await listens()); tries -= 1) {
    if (tries === 0) throw new Error(`workerd does not listen on ${WORKER}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return () => workerd.kill();
}

function listens() {
  return new Promise((resolve) => {
    const socket = connect(WORKER_PORT, "127.0.0.1");
    socket.once("connect", () => (socket.destroy(), resolve(true)));
    socket.once("error", () => resolve(false));
  });
}

const configuration = (suite) => `
using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [
    (name = "main", worker = .worker),
    (name = "origin", external = (address = "${ORIGIN}", http = ())),
  ],
  sockets = [(name = "http", address = "${WORKER}", http = (), service = "main")],
);
const worker :Workerd.Worker = (
  compatibilityDate = "2026-04-01",
  globalOutbound = "origin",
  modules = [
    (name = "worker.js", esModule = embed "${suite}.js"),
    (name = "footlight.wasm", wasm = embed "footlight.wasm"),
    (name = "lol-html.wasm", wasm = embed "lol-html.wasm"),
    (name = "bench.footlight", data = embed "bench.footlight"),
  ],
);
`;

/** Load on the worker, from a program of its own; the origin behind it serves `page`. */
export function load(page, path, headers, { connections, ms }) {
  const file = `${FOLDER}page.html`;
  writeFileSync(file, page);
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  const words = ["load", WORKER, ORIGIN, file, path, String(connections), String(ms), ...lines];
  return JSON.parse(execFileSync(process.env.FOOTLIGHT_LOAD, words, { encoding: "utf8" }));
}

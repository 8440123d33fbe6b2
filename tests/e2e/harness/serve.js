import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

import { COOKIE_KEY } from "./worker.js";

const ROOT = fileURLToPath(new URL("../../..", import.meta.url));
const COMMAND = ["run", "--quiet", "--package", "footlight", "--"];

/** Any port that is free, unless the test wants a certain one. */
function port(args) {
  return args.includes("--port") ? args : ["--port", "0", ...args];
}

/** Runs `footlight serve` in front of an origin, with rules from a folder. cargo becomes the command, so it can be stopped. */
export async function startServe({ origin, rules, args = [], env = {} }) {
  const all = [...COMMAND, "serve", "--origin", origin, "--rules", rules, "--format", "json", ...port(args)];
  const environment = { ...process.env, FOOTLIGHT_COOKIE_KEYS: COOKIE_KEY, ...env };
  const child = spawn("cargo", all, { cwd: ROOT, env: environment, stdio: ["ignore", "pipe", "pipe"] });
  const said = [];
  child.stderr.on("data", (text) => said.push(String(text)));
  const exited = once(child, "exit");
  const lines = createInterface({ input: child.stdout });
  const first = await Promise.race([once(lines, "line"), exited.then(() => undefined)]);
  if (!first) throw new Error(`serve did not start: ${said.join("")}`);
  const served = [];
  lines.on("line", (line) => served.push(JSON.parse(line)));
  return {
    url: JSON.parse(first[0]).url,
    /** What became of each page. */
    served,
    /** What it said on the error stream. */
    said,
    /** Asks it to stop, as Ctrl-C does. Its exit code. */
    stop: async () => {
      child.kill("SIGINT");
      const [code] = await exited;
      return code;
    },
  };
}

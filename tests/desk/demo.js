import { spawn } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

import { shopServer } from "../../www/serve.js";
import { FOLDER } from "./desk.js";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/** The demo's worker under `wrangler dev`, as `cargo xtask demo` runs it, and the shop without it. */
export async function startDemo(publicKey) {
  const configuration = readFileSync(`${ROOT}wrangler.toml`, "utf8")
    .replace('main = "www/worker.js"', 'main = "../../www/worker.js"')
    .replace('directory = "www/public"', 'directory = "../../www/public"')
    .replace(/^\[build\]\n(?:.+\n)*/m, "");
  writeFileSync(`${FOLDER}wrangler.toml`, configuration);
  writeFileSync(`${FOLDER}.dev.vars`, `FOOTLIGHT_PUBLIC_KEYS=${publicKey}\n`);
  const options = { cwd: FOLDER, stdio: ["ignore", "pipe", "pipe"], env: { ...process.env, CI: "1", NO_COLOR: "1" }, detached: true };
  const wrangler = spawn(`${ROOT}node_modules/.bin/wrangler`, ["dev", "--port", "0", "--show-interactive-dev-session=false"], options);
  const url = await new Promise((resolve, reject) => {
    let said = "";
    const read = (bytes) => {
      said += bytes;
      const [, found] = /Ready on (http:\/\/[\w.:]+)/.exec(said) ?? [];
      if (found) resolve(found);
    };
    wrangler.stdout.on("data", read);
    wrangler.stderr.on("data", read);
    wrangler.once("exit", (status) => reject(new Error(`wrangler ended with ${status}:\n${said}`)));
  });
  const origin = shopServer();
  await new Promise((resolve) => origin.listen(0, "127.0.0.1", resolve));
  return {
    url,
    shop: `http://127.0.0.1:${origin.address().port}`,
    stop: async () => {
      origin.closeAllConnections();
      origin.close();
      const over = new Promise((resolve) => wrangler.once("exit", resolve));
      process.kill(-wrangler.pid, "SIGTERM");
      await over;
    },
  };
}

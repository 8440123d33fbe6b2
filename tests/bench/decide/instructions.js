import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/**
 * Instructions a decision takes in the native build, as callgrind counts them: the same on a busy machine and on a quiet
 * one. Undefined without valgrind.
 *
 * @param {string[]} requests the packed facts of each
 */
export function instructions(bundle, requests) {
  const folder = mkdtempSync(join(tmpdir(), "footlight-bench-"));
  try {
    const paths = [join(folder, "bundle"), join(folder, "requests")];
    writeFileSync(paths[0], bundle);
    writeFileSync(paths[1], requests.map((request) => `${request}\0`).join(""));
    // What is done once is in both counts.
    const [once, twice] = [1, 2].map((times) => count([...paths, times * requests.length]));
    return (twice - once) / requests.length;
  } catch (error) {
    if (error.code === "ENOENT") return undefined;
    throw error;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function count(args) {
  const tool = ["--tool=callgrind", "--callgrind-out-file=/dev/null", "--log-fd=1", process.env.FOOTLIGHT_NATIVE_DECIDE];
  const log = execFileSync("valgrind", [...tool, ...args.map(String)], { encoding: "utf8" });
  return Number(/Collected : (\d+)/.exec(log)[1]);
}

import { execFileSync, spawn, spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/** Where everything happens: below the repository, so that its `wrangler` is found. */
export const FOLDER = `${ROOT}target/desk/`;

/** Who pushes, whoever this computer is set up for. */
const ENV = {
  ...process.env,
  GIT_CONFIG_COUNT: "2",
  GIT_CONFIG_KEY_0: "user.name",
  GIT_CONFIG_VALUE_0: "Anna",
  GIT_CONFIG_KEY_1: "user.email",
  GIT_CONFIG_VALUE_1: "anna@firnwald.example",
};

/** The command. */
const FOOTLIGHT = process.env.FOOTLIGHT_CLI ?? built();

function built() {
  const options = ["build", "--quiet", "--package", "footlight", "--message-format", "json"];
  const messages = execFileSync("cargo", options, { cwd: ROOT, encoding: "utf8", maxBuffer: 1 << 28 });
  const artifacts = messages.trim().split("\n").map((line) => JSON.parse(line));
  return artifacts.findLast(({ executable, target }) => executable && target.name === "footlight").executable;
}

/** A merchandiser's folder, and a transcript of what happens in it. */
export class Desk {
  publicKey = "";
  #transcript = "";

  constructor() {
    rmSync(FOLDER, { recursive: true, force: true });
    mkdirSync(FOLDER, { recursive: true });
  }

  /** Runs the command and gives what it says. It has to end with `code`, 0 if not set. */
  run(...words) {
    const { code = 0 } = typeof words[0] === "object" ? words.shift() : {};
    const { status, stdout, stderr } = spawnSync(FOOTLIGHT, words, { cwd: FOLDER, encoding: "utf8", env: ENV });
    const said = stderr + stdout;
    this.#note(words, said);
    if (status !== code) throw new Error(`footlight ${words.join(" ")} ended with ${status}:\n${said}`);
    this.publicKey ||= /public key: +(\S+)/.exec(said)?.[1] ?? "";
    return said;
  }

  /** Starts a server and waits until it says where it listens. */
  async serve(...words) {
    const server = spawn(FOOTLIGHT, words, { cwd: FOLDER, stdio: ["ignore", "pipe", "pipe"] });
    let said = "";
    const url = await new Promise((resolve, reject) => {
      for (const stream of [server.stdout, server.stderr]) {
        createInterface(stream).on("line", (line) => {
          said += `${line}\n`;
          const [, found] = /opens on (http:\/\/[\w.:]+)/.exec(line) ?? [];
          if (found) resolve(found);
        });
      }
      server.once("exit", (status) => reject(new Error(`it ended with ${status}:\n${said}`)));
    });
    return {
      url,
      stop: async () => {
        const over = new Promise((resolve) => server.once("exit", resolve));
        server.kill("SIGINT");
        await over;
        this.#note(words, `${said}^C\n`);
      },
    };
  }

  read(file) {
    return readFileSync(FOLDER + file, "utf8");
  }

  write(file, text) {
    writeFileSync(FOLDER + file, text);
  }

  /** Replaces what stands in a file. */
  edit(file, before, after) {
    const text = this.read(file);
    if (!text.includes(before)) throw new Error(`${file} has no ${before}`);
    this.write(file, text.replaceAll(before, after));
  }

  /** Notes what was done by hand. */
  say(what) {
    this.#transcript += `# ${what}\n\n`;
  }

  finish() {
    this.write("transcript.txt", this.#transcript);
  }

  #note(words, said) {
    const typed = words.map((word) => (/[^\w./:=@-]/.test(word) ? `'${word}'` : word)).join(" ");
    this.#transcript += `$ footlight ${typed}\n${said}\n`;
  }
}

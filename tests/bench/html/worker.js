// Rewrites one page many times inside the Workers runtime, by one of the contestants.

import bundle from "bench.footlight";
import footlightModule from "footlight.wasm";
import lolModule from "lol-html.wasm";

import { takeApart } from "../../../crates/edge/npm/dist/bundle-file.js";
import { Engine } from "../../../crates/edge/npm/dist/engine.js";
import { Instance } from "../../../crates/edge/npm/dist/instance.js";
import { unpackNotes } from "../../../crates/edge/npm/dist/notes.js";

const TEXT = "For you: what a rule has put in the place of hero, as long as such a thing is";
const CHUNK_BYTES = 65_536;
/** What chooses the edits: the rules of `../runtime/rules/` by country, the peers by number. */
const EDITS = { once: ["DE", 0], prices: ["CH", 1], "to-the-end": ["AT", 0], elsewhere: ["FR", 2] };

const footlight = Instance.of(footlightModule);
const lol = new WebAssembly.Instance(lolModule).exports;
let engine;
const pages = new Map();

/** Each takes a page and the name of the edits, and gives the rewritten page. */
const CONTESTANTS = {
  footlight(page, edits) {
    const facts = engine.notes.facts.map((fact) => {
      return fact === "url" ? "https://shop.example/c/boots" : fact === "header:x-country" ? EDITS[edits][0] : "";
    });
    engine.decide(facts.join("\n"), Date.now(), [0, 0, 0, 0]);
    const rewriting = engine.page("text/html; charset=utf-8");
    const parts = [];
    const take = (length) => footlight.output(length).slice();
    let at = 0;
    while (at < page.length && !rewriting.isFinished()) {
      const chunk = page.subarray(at, at + CHUNK_BYTES);
      footlight.put(chunk);
      parts.push(take(rewriting.write(chunk.length)));
      at += chunk.length;
    }
    // What is left is the runtime's: nothing of it passes through the worker.
    if (!rewriting.isFinished()) parts.push(take(rewriting.end()));
    else parts.push(page.subarray(at));
    rewriting.free();
    return parts;
  },

  "lol_html in wasm"(page, edits) {
    const input = lol.input(page.length);
    new Uint8Array(lol.memory.buffer).set(page, input);
    const length = lol.rewrite(EDITS[edits][1]);
    const output = lol.output();
    return [new Uint8Array(lol.memory.buffer).slice(output, output + length)];
  },

  async HTMLRewriter(page, edits) {
    const rewriter = new HTMLRewriter();
    const text = { element: (element) => void element.setInnerContent(TEXT) };
    const attribute = { element: (element) => void element.setAttribute("data-seen", "yes") };
    if (edits === "elsewhere") {
      for (const selector of ["h1", "form", "footer"]) rewriter.on(selector, attribute);
    } else {
      for (const slot of ["notice", "hero", "currency"]) rewriter.on(`[data-footlight-slot="${slot}"]`, text);
    }
    if (edits === "prices") {
      rewriter.on('[data-footlight-slot="price"]', {
        element(element) {
          element.setInnerContent(`CHF ${(Number(element.getAttribute("data-amount")) * 0.9431).toFixed(2)}`);
        },
      });
    }
    return [new Uint8Array(await rewriter.transform(new Response(page)).arrayBuffer())];
  },

  /** The least that anything in wasm must do: the page in, the page out. */
  "copy through wasm"(page) {
    const parts = [];
    for (let at = 0; at < page.length; at += CHUNK_BYTES) {
      const chunk = page.subarray(at, at + CHUNK_BYTES);
      footlight.put(chunk);
      const input = footlight.buffers.input(chunk.length);
      parts.push(footlight.memory().slice(input, input + chunk.length));
    }
    return parts;
  },

  /** What all others do besides: a response body becomes bytes, and bytes a response body. */
  async nothing(page) {
    return [new Uint8Array(await new Response(page).arrayBuffer())];
  },
};

async function loadEngine() {
  const { body, notes } = takeApart(new Uint8Array(bundle));
  return Engine.load(footlight, body, await unpackNotes(notes), new Uint8Array(0));
}

export default {
  async fetch(request) {
    const { pathname, searchParams } = new URL(request.url);
    const page = searchParams.get("page");
    if (pathname === "/load") {
      pages.set(page, new Uint8Array(await request.arrayBuffer()));
      engine ??= await loadEngine();
      return new Response();
    }
    const [rewrite, edits] = [CONTESTANTS[searchParams.get("contestant")], searchParams.get("edits")];
    if (pathname === "/show") return new Response(new Blob(await rewrite(pages.get(page), edits)));
    for (let left = Number(searchParams.get("times")); left > 0; left -= 1) await rewrite(pages.get(page), edits);
    return new Response();
  },
};

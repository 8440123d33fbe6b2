import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { test } from "node:test";
import { drawings } from "../draw/drawings.js";
import { CAMPAIGNS } from "../shop/campaigns.js";
import { CATEGORIES, PRODUCTS } from "../shop/catalogue.js";
import { textOf } from "./shop.js";

const PUBLIC = new URL("../public/", import.meta.url);

test("the committed drawings are the ones that draw/ makes", () => {
  const names = new Set();
  for (const [path, text] of drawings()) {
    names.add(path);
    assert.equal(readFileSync(new URL(`assets/${path}`, PUBLIC), "utf8"), text, `${path}: run npm run draw`);
  }
  for (const path of readdirSync(new URL("assets/", PUBLIC), { recursive: true })) {
    if (path.endsWith(".svg")) assert.ok(names.has(path), `${path} is no longer drawn`);
  }
});

test("every file that a page names is there, and nothing comes from elsewhere", async () => {
  const paths = ["/", "/cart", "/search", "/nope", "/orders/FW-1042", "/returns", ...CATEGORIES.map(({ id }) => `/c/${id}`),
    ...CAMPAIGNS.map(({ id }) => `/l/${id}`), ...PRODUCTS.flatMap(({ sku, colours }) => colours.map(({ id }) => `/p/${sku}?colour=${id}`))];
  for (const path of paths) {
    const text = await textOf(path);
    for (const [, address] of text.matchAll(/(?:src|href|srcset|imagesrcset)="([^"]+\.(?:svg|css|js)[^"]*)"/g)) {
      for (const candidate of address.split(", ")) {
        const [file] = candidate.split(/[ #]/);
        assert.ok(file.startsWith("/assets/"), `${file} on ${path}`);
        assert.ok(existsSync(new URL(`.${file}`, PUBLIC)), `${file} on ${path}`);
      }
    }
    assert.doesNotMatch(text, /(?:src|action)="(?:https?:)?\/\//, path);
    assert.doesNotMatch(text, / style="| on[a-z]+="|<script(?! type="application\/ld\+json")/, path);
  }
});

test("pictures and style sheet stay small", () => {
  for (const path of readdirSync(new URL("assets/", PUBLIC), { recursive: true })) {
    const { size } = statSync(new URL(`assets/${path}`, PUBLIC));
    const limit = path.endsWith(".css") ? 25 * 1024 : 32 * 1024;
    if (/\.\w+$/.test(path)) assert.ok(size < limit, `${path} has ${size} bytes`);
  }
});

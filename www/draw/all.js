/** Writes every drawing of the shop: `node draw/all.js`. The drawings are committed; this is how they were made. */
import { mkdirSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { drawings } from "./drawings.js";

const ASSETS = new URL("../public/assets/", import.meta.url);

mkdirSync(new URL("products/", ASSETS), { recursive: true });
for (const [path, text] of drawings()) writeFileSync(fileURLToPath(new URL(path, ASSETS)), text);

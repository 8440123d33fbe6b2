import { PRODUCTS } from "../shop/catalogue.js";
import { BACKDROPS } from "./products/backdrops.js";
import { DRAWN } from "./products/index.js";
import { SCENES } from "./scenes.js";
import { SPOTS } from "./spots.js";
import { ground, tones } from "./tone.js";

const STANDING_SCALE = 0.78;
const HANGING_SCALE = 0.98;

/** Every drawing as `[path below /assets, SVG text]`. */
export function* drawings() {
  for (const [name, scene] of Object.entries(SCENES)) {
    const text = scene();
    yield [`hero-${name}.svg`, svg("0 0 1600 640", 1600, 640, text)];
    yield [`hero-${name}-800.svg`, svg("576 0 800 640", 800, 640, text)];
  }
  for (const { sku, colours } of PRODUCTS) {
    const { draw, detail, backdrop, foot, hangs } = DRAWN[sku];
    const shadow = hangs ? ground(300, 548, 150, 10) : "";
    for (const { id, swatch } of colours) {
      const view = `<view id="detail" viewBox="${detail}"/>`;
      yield [`products/${sku}-${id}.svg`, svg("0 0 600 600", 600, 600, view + shadow + draw(tones(swatch)))];
      const scene = outdoors(draw(tones(swatch)), BACKDROPS[backdrop], { foot, hangs });
      yield [`products/${sku}-${id}-field.svg`, svg("0 0 600 600", 600, 600, scene)];
    }
  }
  for (const [name, { width, height, drawing }] of Object.entries(SPOTS)) {
    yield [`${name}.svg`, svg(`0 0 ${width} ${height}`, width, height, drawing())];
  }
}

function outdoors(thing, { floor, hook, drawing }, { foot, hangs }) {
  const scale = hangs ? HANGING_SCALE : STANDING_SCALE;
  const y = hangs ? hook - hangs * scale : floor + 26 - foot * scale;
  return `${drawing}<g transform="translate(${Math.round(300 * (1 - scale))} ${Math.round(y)})scale(${scale})">${thing}</g>`;
}

function svg(viewBox, width, height, text) {
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${viewBox}" width="${width}" height="${height}" preserveAspectRatio="xMidYMid slice">${tidy(text)}</svg>\n`;
}

/** Shorter numbers and no line breaks: the same picture in fewer bytes. */
function tidy(text) {
  return text.replace(/\s*\n\s*/g, "").replace(/(\.\d*?)0+(?=[^\d])/g, "$1").replace(/\.(?=[^\d])/g, "").replace(/ \/>/g, "/>");
}

import { html } from "../html.js";

/** The head's half of a hero: it must name the same picture as {@link hero}. */
export function heroPreload({ scene }) {
  return html`<link rel="preload" as="image" href="${wide(scene)}" imagesrcset="${sources(scene)}" imagesizes="100vw" fetchpriority="high" data-footlight-slot="hero-preload">`;
}

/** The stage of a page. `size` is `tall` (home, landing) or `low` (category). */
export function hero({ scene, alt = "", eyebrow, headline, text, cta, size = "tall" }) {
  const [label, href] = cta;
  return html`
<section class="hero hero-${size}" data-footlight-slot="hero" aria-labelledby="hero-headline">
<img class="hero-image" data-footlight-part="image" src="${wide(scene)}" srcset="${sources(scene)}" sizes="100vw" width="1600" height="640" alt="${alt}" fetchpriority="high">
<div class="hero-card">
${eyebrow && html`<p class="eyebrow">${eyebrow}</p>`}
<h1 id="hero-headline" data-footlight-part="headline">${headline}</h1>
<p class="hero-text" data-footlight-part="text">${text}</p>
<a class="button" data-footlight-part="cta" href="${href}">${label}</a>
</div>
</section>`;
}

const wide = (scene) => `/assets/${scene}.svg`;
const sources = (scene) => `/assets/${scene}-800.svg 800w, /assets/${scene}.svg 1600w`;

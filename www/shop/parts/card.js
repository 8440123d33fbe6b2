import { drawing } from "../catalogue.js";
import { html } from "../html.js";
import { price } from "./price.js";

/** One article in a list. */
export function card(product, { colour = product.colours[0], label, heading = "h3", eager = false } = {}) {
  const query = colour === product.colours[0] ? "" : `?colour=${colour.id}`;
  const title = html`<a href="/p/${product.sku}${query}">${product.name}</a>`;
  return html`
<li class="card" data-sku="${product.sku}">
<div class="tile">${product.badge && html`<span class="badge">${product.badge}</span>`}
<img src="${drawing(product, colour)}" width="600" height="600" alt="${product.kind} ${product.name} in ${colour.name}" ${eager ? html`decoding="async"` : html`loading="lazy" decoding="async"`}></div>
<div class="card-text"><p class="kind">${product.kind}</p>
${heading === "h2" ? html`<h2>${title}</h2>` : html`<h3>${title}</h3>`}
${label && html`<p class="variant">${label}</p>`}
<p class="card-price">${price(product)}</p>
<p class="card-rating"><span aria-hidden="true">★</span> <span class="visually-hidden">Rated </span>${product.rating} <span class="soft">(${product.reviews}) · ${product.weight}</span></p>
${swatches(product)}</div>
</li>`;
}

/** A grid of articles. */
export function cards(products, options) {
  const thirds = products.length % 4 !== 0 && products.length % 3 === 0;
  return html`<ul class="grid${thirds && " grid-thirds"}">${products.map((product, index) => card(product, { eager: index < 4, ...options }))}</ul>`;
}

function swatches({ colours }) {
  const names = colours.map(({ name }) => name).join(", ");
  return html`<p class="swatches"><span class="visually-hidden">Colours: ${names}</span>${colours.map(({ id }) => html`<i class="swatch c-${id}"></i>`)}</p>`;
}

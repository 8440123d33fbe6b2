import { ACTIVITIES, categoryById, productsIn, variantsIn } from "../catalogue.js";
import { html } from "../html.js";
import { breadcrumb, breadcrumbData } from "../parts/breadcrumb.js";
import { card, cards } from "../parts/card.js";
import { hero, heroPreload } from "../parts/hero.js";
import { taxNote } from "../parts/shipping.js";

const VARIANTS = 200;

const ORDERS = {
  popular: ["Most bought", (a, b) => b.reviews - a.reviews],
  "price-up": ["Price, low first", (a, b) => a.amountMinor - b.amountMinor],
  "price-down": ["Price, high first", (a, b) => b.amountMinor - a.amountMinor],
  rating: ["Best rated", (a, b) => b.rating - a.rating],
};

const STEPS = [["Home", "/"]];

export function category({ params, url }) {
  const found = categoryById(params.category);
  if (!found) return null;
  const all = url.searchParams.get("all") === "1";
  const filter = filterFrom(url.searchParams);
  const stage = { ...found, cta: ["How to choose", "#guide"], size: "low" };
  return {
    title: found.name,
    description: `${found.headline}. ${found.text}`,
    stage: "category",
    head: html`${heroPreload(found)}${breadcrumbData(STEPS, found.name, url)}`,
    sections: [
      html`${breadcrumb(STEPS, found.name)}${hero(stage)}`,
      all ? everyVariant(found) : listing(found, filter),
      guide(found),
    ],
  };
}

function filterFrom(query) {
  const activity = ACTIVITIES.find(({ id }) => id === query.get("for"));
  const order = Object.hasOwn(ORDERS, query.get("sort") ?? "") ? query.get("sort") : "popular";
  return { activity: activity?.id ?? "", order };
}

function listing(found, { activity, order }) {
  const products = productsIn(found.id)
    .filter((product) => !activity || product.activities.includes(activity))
    .sort(ORDERS[order][1]);
  return html`
<section class="wrap section" aria-label="${found.name}" data-category="${found.id}">
<form class="filters" action="/c/${found.id}">
<p class="count">${products.length} ${products.length === 1 ? "article" : "articles"}</p>
<label>For <select name="for"><option value="">everything</option>${ACTIVITIES.map(({ id, name }) => html`<option value="${id}"${id === activity && " selected"}>${name}</option>`)}</select></label>
<label>Sort by <select name="sort">${Object.entries(ORDERS).map(([id, [name]]) => html`<option value="${id}"${id === order && " selected"}>${name}</option>`)}</select></label>
<button class="button-small">Show</button></form>
${products.length ? cards(products, { heading: "h2" }) : html`<p class="empty">Nothing here for that. <a href="/c/${found.id}">Show all ${found.name.toLowerCase()}</a></p>`}
${taxNote()}</section>`;
}

function everyVariant(found) {
  const variants = variantsIn(found.id, VARIANTS);
  return html`
<section class="wrap section" aria-label="All ${found.name} in every colour and size" data-category="${found.id}">
<p class="count">${variants.length} variants · <a href="/c/${found.id}">Show one of each</a></p>
<ul class="grid">${variants.map(({ product, colour, label }) => card(product, { colour, label, heading: "h2" }))}</ul>
${taxNote()}</section>`;
}

function guide({ name, guide: entries }) {
  return html`
<section class="wrap section guide" id="guide" aria-labelledby="guide-title" data-footlight-slot="guide">
<h2 id="guide-title">How to choose ${name.toLowerCase()}</h2>
<dl>${entries.map(([term, text]) => html`<div><dt>${term}</dt><dd>${text}</dd></div>`)}</dl></section>`;
}

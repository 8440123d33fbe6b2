import { categoryById, drawing } from "../catalogue.js";
import { html, trusted } from "../html.js";
import { isOrderNumber, parseOrder } from "../order.js";
import { icon } from "../parts/icon.js";

const DAY_MS = 24 * 3600 * 1000;

/** What happens to a parcel, and from which day after the order on. */
const STEPS = [
  { name: "Order received", text: "Thank you. The list is on the bench.", fromDay: 0 },
  { name: "Packed in Kempten", text: "By hand, in a carton that has travelled before.", fromDay: 1 },
  { name: "With the carrier", text: "On the road, and in most towns on electricity.", fromDay: 2 },
  { name: "Delivered", text: "At your door or with a neighbour.", fromDay: 4 },
];

const GENERAL_CARE = "Let everything dry in the shade before you put it away. Most things that break young, break damp.";

export function tracking({ params, cookies }) {
  if (!isOrderNumber(params.order)) return null;
  const order = parseOrder(cookies.get("shop_order"), params.order);
  const reached = order ? stepReached(order.day) : 2;
  return {
    title: `Order ${params.order}`,
    description: "Where your parcel is, and how to care for what is in it.",
    stage: "post-purchase",
    personal: true,
    sections: [
      html`
<section class="wrap section page-top"><p class="eyebrow">Order ${params.order}</p><h1>${STEPS[reached].name}</h1>
<ol class="timeline">${STEPS.map(({ name, text }, index) => html`<li class="${index <= reached && "is-done"}"${index === reached && trusted(' aria-current="step"')}><span class="dot">${index <= reached && icon("check")}</span><b>${name}</b><p>${text}</p></li>`)}</ol></section>`,
      html`<div class="wrap section two">${contents(order)}${care(order)}</div>`,
    ],
  };
}

function stepReached(day) {
  const days = Math.floor((Date.now() - Date.parse(day)) / DAY_MS);
  return Math.max(0, STEPS.findLastIndex(({ fromDay }) => days >= fromDay));
}

function contents(order) {
  return html`<section class="summary" aria-labelledby="contents"><h2 id="contents">In the parcel</h2>${
    order
      ? html`<ul class="mini-lines pictured">${order.lines.map(({ product, colour, size, quantity }) => html`<li><span class="tile"><img src="${drawing(product, colour)}" width="600" height="600" alt=""></span><span><a href="/p/${product.sku}">${product.name}</a><br><span class="soft">${colour.name}${size && `, ${size}`}</span></span><span>× ${quantity}</span></li>`)}</ul>`
      : html`<p>The list is in your confirmation e-mail. Here we show it only in the browser that ordered.</p>`
  }<p class="soft small">Something wrong with it? <a href="/returns">100 days to return, repairs for life.</a></p></section>`;
}

function care(order) {
  const categories = [...new Set(order?.lines.map(({ product }) => product.category) ?? [])].map(categoryById);
  return html`<section class="care" aria-labelledby="care" data-footlight-slot="care"><h2 id="care">So that it lasts</h2>
${categories.map(({ name, care: text }) => html`<h3>${name}</h3><p>${text}</p>`)}<p>${GENERAL_CARE}</p></section>`;
}

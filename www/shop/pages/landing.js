import { campaignById } from "../campaigns.js";
import { categoryById, productBySku } from "../catalogue.js";
import { html } from "../html.js";
import { cards } from "../parts/card.js";
import { hero, heroPreload } from "../parts/hero.js";

export function landing({ params }) {
  const campaign = campaignById(params.campaign);
  if (!campaign) return null;
  const { headline, text, reasons, skus, category } = campaign;
  return {
    title: headline,
    description: text,
    stage: "pre-entry",
    head: heroPreload(campaign),
    sections: [
      hero(campaign),
      html`<section class="wrap section reasons" aria-label="Why">${reasons.map(([title, reason], index) => html`<div><p class="number" aria-hidden="true">${index + 1}</p><h2>${title}</h2><p>${reason}</p></div>`)}</section>`,
      html`<section class="wrap section" id="products" aria-labelledby="kit"><div class="section-head"><h2 id="kit">The kit</h2><a href="/c/${category}">All ${categoryById(category).name.toLowerCase()}</a></div>${cards(skus.map(productBySku))}</section>`,
    ],
  };
}

import { BESTSELLERS, CATEGORIES, drawing, productBySku, productsIn } from "../catalogue.js";
import { html } from "../html.js";
import { cards } from "../parts/card.js";
import { hero, heroPreload } from "../parts/hero.js";

const HERO = {
  scene: "hero-default",
  alt: "A walker on a ridge path above green hills in the morning",
  eyebrow: "Autumn and winter",
  headline: "Made for the way, mended for life",
  text: "Boots, jackets and tents from a small workshop in the Allgäu. Bought once, repaired as often as you like.",
  cta: ["Discover the collection", "/c/boots"],
};

const STORIES = [
  ["hero-alps", "Three days around the Hochvogel", "Hut to hut with 28 litres: what we packed, and what stayed in it.", "/l/winter-hiking"],
  ["hero-forest", "Why we do not glue our soles", "A welt takes an hour longer to sew and gives a boot its second life.", "/returns"],
];

export function home() {
  return {
    title: "Outdoor goods from the Allgäu",
    description: "Boots, jackets, tents and packs from a small workshop in the Allgäu. Made for the way, mended for life.",
    stage: "homepage",
    head: heroPreload(HERO),
    sections: [hero(HERO), departments(), recommendations(), workshop(), stories()],
  };
}

function departments() {
  return html`
<section class="wrap section" aria-labelledby="departments"><h2 id="departments">Where to?</h2>
<ul class="departments">${CATEGORIES.map((category) => {
    const [first] = productsIn(category.id);
    return html`<li><a href="/c/${category.id}"><span class="tile"><img src="${drawing(first)}" width="600" height="600" alt="" loading="lazy"></span><b>${category.name}</b></a></li>`;
  })}</ul></section>`;
}

function recommendations() {
  return html`
<section class="wrap section recommendations" aria-labelledby="recommended" data-footlight-slot="recommendations">
<div class="section-head"><h2 id="recommended">What most people walk in</h2><a href="/c/jackets">All jackets</a></div>
${cards(BESTSELLERS.map(productBySku))}</section>`;
}

function workshop() {
  return html`
<section class="band" aria-labelledby="workshop"><div class="wrap band-inner">
<img src="/assets/workshop.svg" width="720" height="480" alt="A boot on the last, awl and thread on the bench" loading="lazy">
<div><p class="eyebrow">Our workshop in Kempten</p><h2 id="workshop">4,112 boots came back last year. 3,987 went out again.</h2>
<p>New soles, new zips, a new elbow. Repairs are free in the first five years and cheap after that. You see in the parcel who did it.</p>
<a class="button button-quiet" href="/returns">How repairs work</a></div></div></section>`;
}

function stories() {
  return html`
<section class="wrap section" aria-labelledby="stories"><h2 id="stories">From the path</h2>
<ul class="stories">${STORIES.map(([scene, title, text, path]) => html`<li><img src="/assets/${scene}-800.svg" width="800" height="640" alt="" loading="lazy"><h3><a href="${path}">${title}</a></h3><p>${text}</p></li>`)}</ul></section>`;
}

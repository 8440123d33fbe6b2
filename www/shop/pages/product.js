import { BESTSELLERS, categoryById, drawing, productBySku, productsIn } from "../catalogue.js";
import { html, jsonLd, trusted } from "../html.js";
import { decimal } from "../money.js";
import { breadcrumb, breadcrumbData } from "../parts/breadcrumb.js";
import { cards } from "../parts/card.js";
import { icon } from "../parts/icon.js";
import { price } from "../parts/price.js";
import { shippingBlock, taxNote } from "../parts/shipping.js";

export function product({ params, url }) {
  const found = productBySku(params.sku);
  if (!found) return null;
  const colour = found.colours.find(({ id }) => id === url.searchParams.get("colour")) ?? found.colours[0];
  const category = categoryById(found.category);
  const steps = [["Home", "/"], [category.name, `/c/${category.id}`]];
  return {
    title: `${found.name}, ${found.kind}`,
    description: found.summary,
    stage: "product",
    head: html`${machineReadable(found, colour, url)}${breadcrumbData(steps, found.name, url)}`,
    sections: [
      html`${breadcrumb(steps, found.name)}
<article class="wrap product" data-sku="${found.sku}" data-category="${found.category}" data-stock="${found.stock}">
${gallery(found, colour)}`,
      html`${purchase(found, colour)}</article>`,
      description(found),
      voices(found),
      alike(found),
    ],
  };
}

/** What machines read stays in the base currency, whatever a visitor sees. */
function machineReadable(found, colour, url) {
  const image = url.origin + drawing(found, colour);
  return html`<link rel="preload" as="image" href="${drawing(found, colour)}" fetchpriority="high">
<meta property="og:type" content="product">
<meta property="og:title" content="${found.name}">
<meta property="og:image" content="${image}">
<meta property="product:retailer_item_id" content="${found.sku}">
<meta property="product:category" content="${found.category}">
<meta property="product:price:amount" content="${decimal(found.amountMinor)}">
<meta property="product:price:currency" content="EUR">
<meta property="product:availability" content="${found.stock ? "in stock" : "out of stock"}">
${jsonLd({
    "@context": "https://schema.org",
    "@type": "Product",
    name: found.name,
    sku: found.sku,
    image,
    description: found.summary,
    brand: { "@type": "Brand", name: "Firnwald" },
    aggregateRating: { "@type": "AggregateRating", ratingValue: found.rating, reviewCount: found.reviews },
    offers: {
      "@type": "Offer",
      price: decimal(found.amountMinor),
      priceCurrency: "EUR",
      availability: found.stock ? "https://schema.org/InStock" : "https://schema.org/OutOfStock",
      url: url.origin + url.pathname,
    },
  })}`;
}

function gallery(found, colour) {
  const label = `${found.kind} ${found.name} in ${colour.name}`;
  const views = [
    [drawing(found, colour), `${label}, from the side`],
    [drawing(found, colour, "field"), `${label}, outdoors`],
    [`${drawing(found, colour)}#detail`, `${label}, close up`],
  ];
  return html`<div class="gallery" role="group" aria-label="Pictures" tabindex="0">${views.map(([src, alt], index) => html`<div class="tile">${index === 0 && found.badge && html`<span class="badge">${found.badge}</span>`}<img src="${src}" width="600" height="600" alt="${alt}"${index === 0 ? trusted(' fetchpriority="high"') : trusted(' loading="lazy"')}></div>`)}</div>`;
}

function purchase(found, colour) {
  return html`
<div class="purchase">
<p class="kind">${found.kind}</p>
<h1>${found.name}</h1>
<p class="rating"><span aria-hidden="true">★</span> ${found.rating} <span class="soft">from ${found.reviews} reviews</span></p>
<p class="summary">${found.summary}</p>
<p class="buy-price">${price(found)}</p>
${taxNote()}
<nav class="colours" aria-label="Colours"><p><b>Colour:</b> ${colour.name}</p><ul>${found.colours.map((other) => html`<li><a href="/p/${found.sku}?colour=${other.id}"${other === colour && trusted(' aria-current="true"')}><i class="swatch c-${other.id}"></i><span class="visually-hidden">${other.name}</span></a></li>`)}</ul></nav>
<form method="post" action="/cart/add">
<input type="hidden" name="sku" value="${found.sku}"><input type="hidden" name="colour" value="${colour.id}">
${found.sizes.length > 0 && html`<fieldset class="sizes"><legend>Size <a href="/returns#fit">Which one fits?</a></legend>${found.sizes.map((size, index) => html`<label><input type="radio" name="size" value="${size}"${index === Math.floor(found.sizes.length / 2) && " checked"}><span>${size}</span></label>`)}</fieldset>`}
<button class="button button-wide">Add to cart</button></form>
<p class="stock ${found.stock < 10 && "stock-low"}"><i></i>${found.stock < 10 ? `Only ${found.stock} left in Kempten` : "In stock in Kempten"}</p>
${shippingBlock()}
<div class="assurance" data-footlight-slot="assurance">${icon("back")}<p><b>100 days to return, free of charge</b><br>Walk in it first. If it does not fit, it comes back, muddy or not.</p></div>
</div>`;
}

function description(found) {
  return html`
<section class="wrap section facts" aria-label="About the ${found.name}">
<div><h2>What it does</h2><ul class="ticks">${found.details.map((detail) => html`<li>${icon("check")}${detail}</li>`)}</ul></div>
<div><h2>What it is</h2><table><tbody>${found.specs.map(([name, value]) => html`<tr><th scope="row">${name}</th><td>${value}</td></tr>`)}</tbody></table></div>
<div><h2>How to keep it</h2><p>${categoryById(found.category).care}</p><p><a href="/returns#repairs">Repairs in our workshop</a></p></div>
</section>`;
}

function voices({ category }) {
  return html`
<section class="wrap section voices" aria-labelledby="voices"><h2 id="voices">From those who walk in them</h2>
<div>${categoryById(category).voices.map(([quote, who]) => html`<figure><blockquote><p>${quote}</p></blockquote><figcaption>${who}</figcaption></figure>`)}</div></section>`;
}

function alike(found) {
  const shelf = [...productsIn(found.category), ...BESTSELLERS.map(productBySku)];
  const others = [...new Set(shelf)].filter((other) => other !== found).slice(0, 4);
  return html`
<section class="wrap section" aria-labelledby="alike"><div class="section-head"><h2 id="alike">Also on our shelves</h2><a href="/c/${found.category}">All ${categoryById(found.category).name.toLowerCase()}</a></div>${cards(others)}</section>`;
}

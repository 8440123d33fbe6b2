import { BESTSELLERS, CATEGORIES, productBySku, searchProducts } from "../catalogue.js";
import { html } from "../html.js";
import { cards } from "../parts/card.js";

const MAX_QUERY_LENGTH = 80;

export function search({ url }) {
  const query = (url.searchParams.get("q") ?? "").trim().slice(0, MAX_QUERY_LENGTH);
  const found = searchProducts(query);
  return {
    title: query ? `Search: ${query}` : "Search",
    description: "Search boots, jackets, tents and packs.",
    stage: "other",
    head: html`<meta name="robots" content="noindex">`,
    sections: [html`
<section class="wrap section page-top"><h1>${heading(query, found.length)}</h1>
<form class="big-search" action="/search"><label for="q">What are you looking for?</label>
<div><input id="q" type="search" name="q" value="${query}" maxlength="${MAX_QUERY_LENGTH}"><button class="button">Search</button></div></form></section>
<section class="wrap section" aria-label="Results">${found.length ? cards(found, { heading: "h2" }) : suggestions(query)}</section>`],
  };
}

function heading(query, count) {
  if (!query) return "Search";
  if (count === 0) return html`Nothing found for “${query}”`;
  return html`${count} ${count === 1 ? "article" : "articles"} for “${query}”`;
}

function suggestions(query) {
  return html`${query && html`<p>Try a shorter word, or one of our departments:</p>`}
<ul class="chips">${CATEGORIES.map(({ id, name }) => html`<li><a href="/c/${id}">${name}</a></li>`)}</ul>
<h2>What most people walk in</h2>${cards(BESTSELLERS.map(productBySku))}`;
}

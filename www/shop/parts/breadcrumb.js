import { html, jsonLd } from "../html.js";

/** The way here; each step but the last is `[name, path]`. */
export function breadcrumb(steps, here) {
  return html`<nav class="breadcrumb wrap" aria-label="You are here"><ol>${steps.map(([name, path]) => html`<li><a href="${path}">${name}</a></li>`)}<li aria-current="page">${here}</li></ol></nav>`;
}

export function breadcrumbData(steps, here, url) {
  const items = [...steps, [here, url.pathname]];
  return jsonLd({
    "@context": "https://schema.org",
    "@type": "BreadcrumbList",
    itemListElement: items.map(([name, path], index) => ({ "@type": "ListItem", position: index + 1, name, item: url.origin + path })),
  });
}

import { CATEGORIES } from "../catalogue.js";
import { html } from "../html.js";

export function notFound() {
  return {
    title: "Off the path",
    description: "This page does not exist.",
    stage: "other",
    status: 404,
    sections: [html`
<section class="wrap section page-top lost"><img src="/assets/lost.svg" width="480" height="360" alt="">
<div><p class="eyebrow">404</p><h1>There is no path here</h1><p>The page has moved, or never was. Go back to the last signpost:</p>
<ul class="chips"><li><a href="/">Home</a></li>${CATEGORIES.map(({ id, name }) => html`<li><a href="/c/${id}">${name}</a></li>`)}<li><a href="/search">Search</a></li></ul></div></section>`],
  };
}

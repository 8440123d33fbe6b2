import { ACTIVITIES, drawing } from "../catalogue.js";
import { html } from "../html.js";
import { isOrderNumber, orderTotals, parseOrder } from "../order.js";
import { icon } from "../parts/icon.js";
import { amount, total } from "../parts/price.js";

export function thankYou({ params, cookies, url }) {
  if (!isOrderNumber(params.order)) return null;
  const order = parseOrder(cookies.get("shop_order"), params.order);
  const answered = url.searchParams.get("answered") === "1";
  return {
    title: "Thank you",
    description: "Your order is in.",
    stage: "thank-you",
    personal: true,
    sections: [
      html`
<section class="wrap section page-top thank-you"><div class="thanks-mark">${icon("check")}</div>
<h1>Thank you, it is on our bench</h1>
<div class="thanks" data-footlight-slot="thanks"><p>Your order <b>${params.order}</b> is in. We pack it by hand and write when it leaves Kempten.</p></div>
<p><a class="button" href="/orders/${params.order}">Follow the parcel</a></p></section>`,
      html`<div class="wrap section two">${order ? summary(order) : noSummary()}${question(url, answered)}</div>`,
    ],
  };
}

function summary(order) {
  const { delivery, to } = orderTotals(order);
  return html`<section class="summary" aria-labelledby="ordered"><h2 id="ordered">What you ordered</h2>
<ul class="mini-lines pictured">${order.lines.map((line) => html`<li><span class="tile"><img src="${drawing(line.product, line.colour)}" width="600" height="600" alt=""></span><span>${line.quantity} × ${line.product.name}<br><span class="soft">${line.colour.name}${line.size && `, ${line.size}`}</span></span>${total([line])}</li>`)}</ul>
<dl><div><dt>Goods</dt><dd>${total(order.lines)}</dd></div><div><dt>Delivery to ${to.name}</dt><dd>${delivery ? amount(delivery) : "free"}</dd></div><div class="total"><dt>Total</dt><dd>${total(order.lines, delivery)}</dd></div></dl></section>`;
}

function noSummary() {
  return html`<section class="summary"><h2>What you ordered</h2><p>The list is in the confirmation that we sent by e-mail. This browser does not know the order.</p></section>`;
}

function question(url, answered) {
  return html`<section class="question" aria-labelledby="question"><h2 id="question">One question, if you like</h2>
${answered ? html`<p class="flash" role="status">Thank you, noted. Good paths!</p>` : html`<form method="post" action="/.footlight/answer">
<input type="hidden" name="question" value="activity"><input type="hidden" name="return" value="${url.pathname}?answered=1">
<fieldset class="plain"><legend>What will you do with it first?</legend>${ACTIVITIES.map(({ id, name }, index) => html`<label class="choice"><input type="radio" name="answer" value="${id}" required${index === 0 && " checked"}><span>${name}</span></label>`)}</fieldset>
<button class="button button-quiet">Tell us</button><p class="soft small">It stays in your own browser and only decides what we show you next time.</p></form>`}</section>`;
}

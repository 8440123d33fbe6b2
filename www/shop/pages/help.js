import { COUNTRIES } from "../delivery.js";
import { html } from "../html.js";
import { amount } from "../parts/price.js";

export const shipping = () =>
  helpPage("Delivery and costs", "What delivery costs and how long it takes.", html`
<p class="lead">We send every working day from Kempten, by a carrier that drives electric in most towns.</p>
<table><caption class="visually-hidden">Delivery by country</caption><thead><tr><th scope="col">To</th><th scope="col">Standard</th><th scope="col">Free from</th><th scope="col">Express</th></tr></thead>
<tbody><tr><th scope="row">Germany, Austria</th><td>${amount(490)}<br><span class="soft">2–4 working days</span></td><td>${amount(7_500)}</td><td>${amount(990)}<br><span class="soft">next working day</span></td></tr>
<tr><th scope="row">Other EU countries</th><td>${amount(990)}<br><span class="soft">3–6 working days</span></td><td>${amount(15_000)}</td><td>${amount(1_990)}<br><span class="soft">two working days</span></td></tr>
<tr><th scope="row">Switzerland, Liechtenstein, Norway, United Kingdom</th><td>${amount(1_490)}<br><span class="soft">3–6 working days, duties paid by us</span></td><td>${amount(20_000)}</td><td>${amount(2_490)}<br><span class="soft">two working days</span></td></tr>
<tr><th scope="row">Overseas</th><td>${amount(2_990)}<br><span class="soft">6–10 working days, duties paid by us</span></td><td>${amount(30_000)}</td><td>${amount(4_990)}<br><span class="soft">four working days</span></td></tr></tbody></table>
<h2>Where we deliver</h2><p>${COUNTRIES.map(({ name }) => name).join(", ")}.</p>
<h2>Orders before 15:00</h2><p>What is ordered on a working day before 15:00 leaves us on the same day. We write when the parcel is on its way.</p>
<h2>Large parcels</h2><p>Family tents come in their own carton. It costs nothing extra.</p>`);

export const returns = () =>
  helpPage("Returns and repairs", "100 days to return, repairs for life.", html`
<p class="lead">You have 100 days. Walk in it, sleep in it, get it wet. If it is not right, it comes back.</p>
<h2>How to send it back</h2><ol><li>Put it in any carton, with the order number on a slip of paper.</li><li>Stick on the label from the parcel. It is paid.</li><li>Money is back within three working days after it arrives.</li></ol>
<h2 id="fit">Which size fits?</h2><p>For boots, stand on paper in the socks you will wear and measure the longer foot. Add one centimetre for a hiking boot, one and a half for winter. Jackets run straight: between two sizes, take the larger one when a fleece goes under it.</p>
<h2 id="repairs">Repairs</h2><p>Free in the first five years, at cost after that. New soles take ten working days, zips and seams five. Send it clean and dry; we do the rest.</p>`);

export const imprint = () =>
  helpPage("Imprint", "Who is behind this shop.", html`
<p class="lead">Firnwald is an invented company. It exists to show a shop.</p>
<p>The shop is part of Footlight, a program that personalizes shops at the edge. Nothing is sold here, no payment is taken, and what is typed into the forms is not kept.</p>`);

export const privacy = () =>
  helpPage("Privacy", "Which cookies this shop uses.", html`
<p class="lead">Everything this shop knows of you is in your own browser.</p>
<table><caption class="visually-hidden">Cookies</caption><thead><tr><th scope="col">Cookie</th><th scope="col">Holds</th><th scope="col">Needs</th></tr></thead><tbody>
<tr><th scope="row"><code>shop_cart</code>, <code>cart_items</code>, <code>cart_value</code></th><td>what is in the cart, 30 days</td><td>nothing: it is the cart</td></tr>
<tr><th scope="row"><code>shop_consent</code></th><td>your choice, 180 days</td><td>nothing: it is your choice</td></tr>
<tr><th scope="row"><code>shop_order</code>, <code>last_order_value</code></th><td>your last order, 90 days</td><td>nothing: it shows you the order</td></tr>
<tr><th scope="row"><code>__Host-footlight</code></th><td>visits and preferences, where the edge is in use</td><td>your consent</td></tr></tbody></table>`);

function helpPage(title, description, text) {
  return { title, description, stage: "other", sections: [html`<article class="wrap prose page-top"><h1>${title}</h1>${text}</article>`] };
}

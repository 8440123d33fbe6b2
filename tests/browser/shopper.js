import { mkdirSync } from "node:fs";
import { fileURLToPath } from "node:url";

import { chromium } from "playwright-core";

const SCREENSHOTS = fileURLToPath(new URL("../../target/screenshots/", import.meta.url));
const CHROMIUM = process.env.CHROMIUM ?? "/usr/bin/chromium";

export const PHONE = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true };
export const DESKTOP = { viewport: { width: 1440, height: 900 } };

export function launch() {
  return chromium.launch({ executablePath: CHROMIUM, args: ["--no-sandbox", "--disable-dev-shm-usage"] });
}

/** Somebody in a browser of their own: notes everything that goes wrong, and how much each page moved. */
export class Shopper {
  /** What the console, the pages and the network complained about. */
  complaints = [];
  /** Layout shift of each page visited, by its path. */
  shifts = [];

  static async enter(browser, name, url, options) {
    const context = await browser.newContext({ locale: "en-GB", ...options });
    const page = await context.newPage();
    return new Shopper(name, url, context, page);
  }

  constructor(name, url, context, page) {
    Object.assign(this, { name, url, context, page });
    page.on("console", (message) => message.type() === "error" && this.complaints.push(message.text()));
    page.on("pageerror", (error) => this.complaints.push(String(error)));
    page.on("requestfailed", (request) => {
      const why = request.failure()?.errorText;
      // Who leaves a page does not wait for what is still on its way, such as the icon.
      if (why !== "net::ERR_ABORTED") this.complaints.push(`${request.url()}: ${why}`);
    });
    page.on("response", (response) => response.status() >= 400 && this.complaints.push(`${response.status()} ${response.url()}`));
  }

  async go(path) {
    const response = await this.page.goto(this.url + path, { waitUntil: "networkidle" });
    await this.#look();
    return response.headers()["footlight-status"];
  }

  /** What time it is to the demo's worker from now on. */
  setTime(at) {
    return this.context.setExtraHTTPHeaders({ "x-test-now": at });
  }

  /** Buys; a total that changed with the address is agreed to once more. */
  async submitOrder() {
    const buy = 'form:has(input[name="agreed_total"]) button.button-wide';
    await this.click(buy);
    if (this.path === "/checkout") await this.click(buy);
  }

  /** Clicks, and looks at the page that it leads to. */
  async click(selector) {
    await Promise.all([this.page.waitForNavigation({ waitUntil: "networkidle" }), this.page.click(selector)]);
    await this.#look();
  }

  /** The text of a slot. */
  async slot(name) {
    const text = await this.page.locator(`[data-footlight-slot="${name}"]`).first().innerText();
    return text.replace(/\s+/g, " ").trim();
  }

  get path() {
    return new URL(this.page.url()).pathname;
  }

  leave() {
    return this.context.close();
  }

  async #look() {
    this.shifts.push([this.path, await this.page.evaluate(layoutShift)]);
    mkdirSync(SCREENSHOTS, { recursive: true });
    const step = String(this.shifts.length).padStart(2, "0");
    const file = `${SCREENSHOTS}${this.name}-${step}${this.path.replaceAll("/", "-")}.png`;
    await this.page.screenshot({ path: file });
  }
}

/** How much the page's content has moved by itself (https://wicg.github.io/layout-instability/). Runs in the page. */
function layoutShift() {
  return new Promise((resolve) => {
    let sum = 0;
    const observer = new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) if (!entry.hadRecentInput) sum += entry.value;
    });
    observer.observe({ type: "layout-shift", buffered: true });
    setTimeout(() => resolve(sum), 100);
  });
}

/**
 * The runtime's cache, watched and broken as tests want it. `mode` is `works`, or what goes wrong: `match throws`,
 * `match hangs`, `match lies`, `match dawdles` (each time for another while), `put throws`.
 */
export class WatchedCache {
  mode = "works";
  /** What was put: name and headers. */
  puts = [];

  constructor(cache) {
    const prototype = Object.getPrototypeOf(cache);
    const { match, put } = prototype;
    const watched = this;
    let matches = 0;
    prototype.match = async function (...args) {
      if (watched.mode === "match throws") throw new Error("the cache is lost");
      if (watched.mode === "match hangs") return new Promise(() => {});
      if (watched.mode === "match lies") return new Response("nobody's page", { headers: { "footlight-entry": "{" } });
      if (watched.mode === "match dawdles") await new Promise((resolve) => setTimeout(resolve, 10 * (matches++ % 12)));
      return match.apply(this, args);
    };
    prototype.put = async function (name, response) {
      if (watched.mode === "put throws") throw new Error("the cache is full");
      const headers = Object.fromEntries(response.headers);
      await put.call(this, name, response);
      watched.puts.push({ name: String(name), headers });
    };
  }
}

/** Packs the facts of a request that a bundle needs into one string. */
export type Pack = (request: Request, url: string) => string;

type Facts = { headers: Headers; url: string; runtime: Record<string, unknown> };

/** Compiles the names of the needed facts, `url`, `header:NAME` or `cf:NAME`. */
export function compileFacts(names: readonly string[]): Pack {
  const readers = names.map(reader);
  return (request, url) => {
    const { headers, cf: runtime = {} } = request as Request & { cf?: Facts["runtime"] };
    const facts: Facts = { headers, url, runtime };
    return readers.map((read) => read(facts)).join("\n");
  };
}

/** The names of the request's headers among the facts. That a page is only fetched ahead changes nothing in it. */
export function headersOf(names: readonly string[]): string[] {
  const headers = names.flatMap((fact) => (fact.startsWith("header:") ? [fact.slice("header:".length)] : []));
  return headers.filter((name) => name !== "sec-purpose");
}

function reader(fact: string): (facts: Facts) => string {
  const [kind = "", name = ""] = fact.split(":", 2);
  switch (kind) {
    case "url":
      return ({ url }) => url;
    case "header":
      return ({ headers }) => headers.get(name) ?? "";
    case "cf":
      return ({ runtime }) => oneLine(runtime[name]);
    default:
      throw new TypeError(`unknown fact \`${fact}\``);
  }
}

/** Header values and URLs have no line breaks; what else the runtime says could have some. */
function oneLine(value: unknown): string {
  return value === undefined || value === null ? "" : String(value).replaceAll("\n", " ");
}

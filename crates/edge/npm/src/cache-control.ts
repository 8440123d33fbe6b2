/** Directives of `Cache-Control` (RFC 9111, section 5.2) and of fields like it, by name, with what stands after `=`. */
export type Directives = Map<string, string>;

/** Reads a field's value; of a directive that is there twice, the one that allows less counts. */
export function readDirectives(value: string | null): Directives {
  const directives: Directives = new Map();
  // Commas within quotes separate nothing.
  for (const part of (value ?? "").match(/(?:"[^"]*"|[^,"])+/g) ?? []) {
    const [name = "", argument = ""] = part.split("=", 2).map((word) => word.trim().replaceAll('"', ""));
    if (!name) continue;
    const known = directives.get(name.toLowerCase());
    directives.set(name.toLowerCase(), known === undefined ? argument : lesser(known, argument));
  }
  return directives;
}

/** What a directive says in seconds; undefined without it, 0 when it says something else. */
export function secondsOf(directives: Directives, name: string): number | undefined {
  const argument = directives.get(name);
  if (argument === undefined) return undefined;
  return /^\d{1,10}$/.test(argument) ? Number(argument) : 0;
}

function lesser(one: string, other: string): string {
  return Number(one) <= Number(other) ? one : other;
}

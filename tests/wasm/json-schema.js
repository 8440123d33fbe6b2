/** What is wrong with a value by a JSON Schema, as far as the keywords go that `report.schema.json` uses; empty for nothing. */
export function problems(schema, value, root = schema, path = "$") {
  const found = [];
  const say = (what) => void found.push(`${path} ${what}`);
  for (const [keyword, wanted] of Object.entries(schema)) {
    const check = KEYWORDS[keyword];
    if (check === undefined) throw new TypeError(`${keyword} is not a keyword that is known here`);
    check?.({ schema, wanted, value, root, path, say, found });
  }
  return found;
}

const typeOf = (value) => {
  if (value === null) return "null";
  return Array.isArray(value) ? "array" : Number.isInteger(value) ? "integer" : typeof value;
};

/** Null for keywords that only describe. */
const KEYWORDS = {
  $schema: null,
  $defs: null,
  title: null,
  description: null,
  $ref({ wanted, value, root, path, found }) {
    found.push(...problems(root.$defs[wanted.replace("#/$defs/", "")], value, root, path));
  },
  type({ wanted, value, say }) {
    if (typeOf(value) !== wanted) say(`is no ${wanted}`);
  },
  const({ wanted, value, say }) {
    if (value !== wanted) say(`is not ${wanted}`);
  },
  enum({ wanted, value, say }) {
    if (!wanted.includes(value)) say(`is none of ${wanted}`);
  },
  minimum({ wanted, value, say }) {
    if (value < wanted) say(`is less than ${wanted}`);
  },
  anyOf({ wanted, value, root, path, say }) {
    if (!wanted.some((one) => problems(one, value, root, path).length === 0)) say("is like nothing that it may be");
  },
  items({ wanted, value, root, path, found }) {
    if (Array.isArray(value)) value.forEach((item, index) => found.push(...problems(wanted, item, root, `${path}[${index}]`)));
  },
  properties({ wanted, value, root, path, found }) {
    // Of what is no object, `type` says so.
    if (typeOf(value) !== "object") return;
    for (const [name, one] of Object.entries(wanted)) {
      if (Object.hasOwn(value, name)) found.push(...problems(one, value[name], root, `${path}.${name}`));
    }
  },
  required({ wanted, value, say }) {
    if (typeOf(value) !== "object") return;
    for (const name of wanted) if (!Object.hasOwn(value, name)) say(`has no ${name}`);
  },
  additionalProperties({ schema, value, say }) {
    if (typeOf(value) !== "object") return;
    for (const name of Object.keys(value)) if (!Object.hasOwn(schema.properties, name)) say(`has a ${name}`);
  },
};

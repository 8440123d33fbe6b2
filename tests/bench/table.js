const COLUMNS = [
  ["case", 34, (row) => row.case],
  ["peer", 32, (row) => row.peer],
  ["ours", 11, (row) => number(row.ours)],
  ["theirs", 11, (row) => number(row.theirs)],
  ["unit", 6, (row) => ` ${row.unit}`],
  ["ratio", 9, (row) => number(row.ratio)],
];

/** The names of the columns. */
export function heading(suite) {
  return `\n${suite}\n${cells((title) => title)}`;
}

/** A measurement. */
export const line = (row) => cells((_, value) => value(row));

function cells(content) {
  return COLUMNS.map(([title, width, value]) => {
    const text = content(title, value);
    const isNumber = ["ours", "theirs", "ratio"].includes(title);
    return isNumber ? text.padStart(width) : text.padEnd(width);
  }).join(" ");
}

/** Three digits that count. */
function number(value) {
  if (value === undefined || Number.isNaN(value)) return "–";
  return value >= 1000 ? value.toFixed(0) : value.toPrecision(3);
}

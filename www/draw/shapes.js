/** Shapes of a landscape as SVG text. Coordinates are whole user units; chance comes from a seed. */

/** mulberry32: small, seeded, the same everywhere. */
export function chance(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Midpoint displacement between the given points: a natural line through all of them. */
export function fractal(points, random, roughness = 0.16, levels = 4) {
  let line = points;
  for (let level = 0; level < levels; level++) {
    line = line.flatMap(([x, y], index) => {
      if (index === line.length - 1) return [[x, y]];
      const [nextX, nextY] = line[index + 1];
      const span = Math.hypot(nextX - x, nextY - y);
      const push = (random() - 0.5) * span * roughness * 2;
      return [[x, y], [(x + nextX) / 2, (y + nextY) / 2 + push]];
    });
  }
  return line;
}

export function polygon(points) {
  let [lastX, lastY] = points[0].map(Math.round);
  let path = `M${lastX} ${lastY}l`;
  for (const point of points.slice(1)) {
    const [x, y] = point.map(Math.round);
    if (x === lastX && y === lastY) continue;
    path += `${x - lastX} ${y - lastY} `.replace(/ -/g, "-");
    [lastX, lastY] = [x, y];
  }
  return `${path.trim()}z`;
}

/** A smooth line through points (Catmull–Rom as Béziers), closed down to `floor`. */
export function hill(points, floor = 640) {
  const at = (index) => points[Math.max(0, Math.min(points.length - 1, index))];
  const round = (value) => Math.round(value);
  let path = `M${round(points[0][0])} ${round(points[0][1])}`;
  for (let index = 0; index < points.length - 1; index++) {
    const [before, from, to, after] = [at(index - 1), at(index), at(index + 1), at(index + 2)];
    path += `C${round(from[0] + (to[0] - before[0]) / 6)} ${round(from[1] + (to[1] - before[1]) / 6)} ${round(to[0] - (after[0] - from[0]) / 6)} ${round(to[1] - (after[1] - from[1]) / 6)} ${round(to[0])} ${round(to[1])}`;
  }
  return `${path}V${floor}H${round(points[0][0])}z`;
}

/** The height of the same smooth line at `x`, close enough to plant trees on. */
export function heightAt(points, x) {
  const index = Math.max(0, Math.min(points.length - 2, points.findIndex(([nextX]) => nextX > x) - 1));
  const [[fromX, fromY], [toX, toY]] = [points[index], points[index + 1]];
  const part = (x - fromX) / (toX - fromX);
  const eased = part * part * (3 - 2 * part);
  return fromY + (toY - fromY) * (0.5 * part + 0.5 * eased);
}

/**
 * Mountains from control points that alternate between feet and peaks (foot first). `snow` is how far below each
 * peak it lies; the side away from the light is shaded along a spine.
 */
export function range({ points, fill, shade, snow = 0, snowFill = "#f6f3ec", seed, roughness = 0.15, floor = 640, light = 1 }) {
  const random = chance(seed);
  const pieces = points.slice(0, -1).map((from, index) => fractal([from, points[index + 1]], random, roughness, 4));
  const line = pieces.flatMap((piece, index) => (index === 0 ? piece : piece.slice(1)));
  const body = polygon([...line, [line.at(-1)[0], floor], [line[0][0], floor]]);
  let drawing = `<path fill="${fill}" d="${body}"/>`;
  let caps = "";
  let shades = "";
  for (let peak = 1; peak < points.length - 1; peak += 2) {
    const [x, y] = points[peak];
    const [left, right] = [pieces[peak - 1], pieces[peak]];
    if (snow) caps += snowCap(left, right, y + snow * (0.75 + random() * 0.5), random);
    const side = light > 0 ? right : [...left].reverse();
    const [footX, footY] = side.at(-1);
    const base = Math.min(floor, footY + Math.abs(footX - x) * 0.5);
    const spineFoot = [x + (random() - 0.35) * 0.55 * Math.abs(footX - x) * light, base];
    const spine = fractal([spineFoot, [x, y]], random, 0.3, 4).map(([spineX, spineY], index, all) => {
      const sway = Math.sin((index / (all.length - 1)) * Math.PI * 3) * 0.07 * Math.abs(footX - x);
      return [spineX + sway, Math.max(y, spineY)];
    });
    shades += polygon([...side, ...spine]);
  }
  if (caps) drawing += `<path fill="${snowFill}" d="${caps}"/>`;
  return `${drawing}<path fill="${shade}" d="${shades}"/>`;
}

function snowCap(left, right, lowest, random) {
  const above = (piece) => piece.filter(([, y]) => y < lowest);
  const ridge = [...above(left), ...above(right).slice(1)];
  if (ridge.length < 3) return "";
  const [[fromX], [toX]] = [ridge[0], ridge.at(-1)];
  const teeth = Math.max(4, Math.round((toX - fromX) / 16));
  const hem = Array.from({ length: teeth }, (_, index) => {
    const x = toX - ((index + 0.5) / teeth) * (toX - fromX);
    const top = Math.min(...ridge.filter(([ridgeX]) => Math.abs(ridgeX - x) < (toX - fromX) / teeth).map(([, y]) => y), lowest);
    const depth = lowest - top;
    return [x, top + depth * (index % 2 ? 0.42 + random() * 0.2 : 0.95 + random() * 0.4)];
  });
  return polygon([...ridge, ...hem]);
}

/** Three firs as symbols of height 100, standing on 0 0. */
export const FIRS = firSymbols();

function firSymbols() {
  return [11, 23, 37]
    .map((seed, index) => {
      const random = chance(seed);
      const tiers = 7 + index;
      const side = (sign) =>
        Array.from({ length: tiers }, (_, tier) => {
          const y = -100 + ((tier + 1) / tiers) * 92;
          const reach = (4 + (tier + 1) * (19 / tiers)) * (0.85 + random() * 0.3);
          return [[sign * reach, y + 2], [sign * reach * 0.45, y - 1.5]];
        }).flat();
      const outline = [[0, -100], ...side(1), [1.6, -8], [1.6, 0], [-1.6, 0], [-1.6, -8], ...side(-1).reverse()];
      const path = outline.map(([x, y]) => `${x.toFixed(1).replace(/\.0$/, "")} ${y.toFixed(1).replace(/\.0$/, "")}`).join(" ");
      return `<path id="fir${index}" d="M${path}z"/>`;
    })
    .join("");
}

/** A stand of firs along a line; `density` is the mean distance in units. */
export function firs({ points, from, to, density, height, fill, seed, sink = 4 + height * 0.1 }) {
  const random = chance(seed);
  let drawing = "";
  for (let x = from; x < to; x += density * (0.45 + random() * 1.1)) {
    const tall = height * (0.6 + random() * 0.65);
    drawing += fir(Math.floor(random() * 3), x, heightAt(points, x) + sink, tall, random() < 0.5 ? -1 : 1);
  }
  return `<g fill="${fill}">${drawing}</g>`;
}

export function fir(kind, x, y, height, turn = 1) {
  const scale = (height / 100).toFixed(2);
  return `<use href="#fir${kind}" transform="translate(${Math.round(x)} ${Math.round(y)})scale(${turn < 0 ? "-" : ""}${scale} ${scale})"/>`;
}

export function gradient(id, stops, angle = "x2=\"0\" y2=\"1\"") {
  const marks = stops.map(([offset, colour, opacity]) => `<stop offset="${offset}" stop-color="${colour}"${opacity === undefined ? "" : ` stop-opacity="${opacity}"`}/>`);
  return `<linearGradient id="${id}" ${angle}>${marks.join("")}</linearGradient>`;
}

export function glow(id, colour, strength = 0.9) {
  return `<radialGradient id="${id}"><stop offset="0" stop-color="${colour}" stop-opacity="${strength}"/><stop offset=".35" stop-color="${colour}" stop-opacity="${strength * 0.38}"/><stop offset="1" stop-color="${colour}" stop-opacity="0"/></radialGradient>`;
}

export const rect = (fill, y = 0, height = 640) => `<rect y="${y}" width="1600" height="${height}" fill="${fill}"/>`;
export const disc = (x, y, radius, fill, more = "") => `<circle cx="${x}" cy="${y}" r="${radius}" fill="${fill}" ${more}/>`;

/** A bank of fog: soft above and below. Needs a gradient of the id `fog` in the scene. */
export const fog = (y, height, opacity = 1) => `<rect y="${y}" width="1600" height="${height}" fill="url(#fog)" opacity="${opacity}"/>`;

/** A flat-bottomed cloud of a few arcs. */
export function cloud(x, y, width, fill, opacity = 1) {
  const unit = width / 10;
  return `<path fill="${fill}" opacity="${opacity}" d="M${x} ${y}a${unit} ${unit} 0 0 1 ${unit * 1.4}-${unit * 0.9}a${unit * 1.7} ${unit * 1.7} 0 0 1 ${unit * 3}-${unit * 0.6}a${unit * 1.3} ${unit * 1.3} 0 0 1 ${unit * 2.4} ${unit * 0.3}a${unit} ${unit} 0 0 1 ${unit * 1.7} ${unit * 0.6}a${unit * 0.7} ${unit * 0.7} 0 0 1 ${unit * 1.2} ${unit * 0.6}z"/>`;
}

export function stars(seed, count, lowest) {
  const random = chance(seed);
  return `<g fill="#fff">${Array.from({ length: count }, () => {
    const near = random();
    return `<circle cx="${Math.round(random() * 1600)}" cy="${Math.round(random() ** 1.4 * lowest)}" r="${(0.6 + near * near * 1.5).toFixed(1)}" opacity="${(0.35 + near * 0.6).toFixed(1)}"/>`;
  }).join("")}</g>`;
}

export function birds(spots, colour) {
  return `<path fill="none" stroke="${colour}" stroke-width="2" stroke-linecap="round" d="${spots.map(([x, y, size]) => `M${x} ${y}q${size * 0.6}-${size * 0.7} ${size} 0q${size * 0.4}-${size * 0.7} ${size} 0`).join("")}"/>`;
}

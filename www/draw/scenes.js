import { climber, cross, hooded, hut, lookout, runner, signpost, tent, walker } from "./figures.js";
import { birds, chance, cloud, disc, fir, firs, FIRS, fog, glow, gradient, hill, heightAt, polygon, fractal, range, rect, stars } from "./shapes.js";

/**
 * The hero pictures, 1600 × 640. The card with the words covers the left third from below, so what matters
 * stands between x = 620 and 1360 and y = 130 and 520: that much is seen in every crop.
 */
export const SCENES = { default: morning, alps, snow, forest, climb, rain, "welcome-back": welcomeBack, camp, coast, run, autumn, summit, trail };

const defs = (...parts) => `<defs>${FIRS}${parts.join("")}</defs>`;
const sky = (...stops) => gradient("sky", stops);
const fogOf = (colour) => gradient("fog", [[0, colour, 0], [0.5, colour, 0.85], [1, colour, 0]]);
const SKY = rect("url(#sky)");

/** A path that narrows into the distance, from bottom to top, as a band between two curves. */
const way = (points, fill, opacity = 1) => {
  const left = points.map(([x, y, width]) => [x - width, y]);
  const right = points.map(([x, y, width]) => [x + width, y]).reverse();
  const curve = (line) => line.map(([x, y], index) => {
    if (index === 0) return `${x} ${y}`;
    const [beforeX, beforeY] = line[index - 1];
    const middle = (beforeY + y) / 2;
    return `C${beforeX} ${middle} ${x} ${middle} ${x} ${y}`;
  }).join("");
  return `<path fill="${fill}" opacity="${opacity}" d="M${curve(left)}L${curve(right)}z"/>`;
};

/** Short strokes of grass along a line. */
const grass = (points, from, to, colour, seed, tall = 16) => {
  const random = chance(seed);
  let path = "";
  for (let x = from; x < to; x += 5 + random() * 9) {
    const height = tall * (0.5 + random());
    path += `M${Math.round(x)} ${Math.round(heightAt(points, x) + 5)}q${Math.round((random() - 0.5) * 6)}-${Math.round(height * 0.6)} ${Math.round((random() - 0.3) * 12)}-${Math.round(height)}`;
  }
  return `<path fill="none" stroke="${colour}" stroke-width="2.200" stroke-linecap="round" d="${path}"/>`;
};

function morning() {
  const far = [[0, 372], [240, 342], [470, 366], [700, 322], [940, 352], [1180, 306], [1400, 340], [1600, 318]];
  const middle = [[0, 402], [260, 428], [560, 388], [820, 432], [1100, 380], [1340, 420], [1600, 376]];
  const near = [[0, 486], [300, 470], [620, 520], [900, 486], [1160, 432], [1380, 452], [1600, 498]];
  const front = [[0, 600], [420, 566], [800, 600], [1180, 548], [1600, 586]];
  return `${defs(sky([0, "#88b4bd"], [0.42, "#d5dcc9"], [0.7, "#f7dfb6"]), glow("sun", "#fff1cf"), fogOf("#f5e6cb"))}${SKY}
${disc(1010, 236, 360, "url(#sun)")}${disc(1010, 236, 46, "#fff4da")}
${range({ points: [[-60, 360], [120, 250], [250, 330], [430, 214], [600, 322], [760, 258], [900, 330], [1150, 196], [1290, 300], [1430, 226], [1680, 350]], fill: "#9dbabb", shade: "#7fa2a6", snow: 30, snowFill: "#e9ebe0", seed: 5 })}
${fog(270, 130, 0.9)}
<path fill="#86aaa0" d="${hill(far)}"/>${firs({ points: far, from: 0, to: 1600, density: 24, height: 26, fill: "#7ba096", seed: 3 })}
${fog(330, 110, 0.7)}
<path fill="#679178" d="${hill(middle)}"/>
${firs({ points: middle, from: 20, to: 640, density: 19, height: 46, fill: "#4e7a65", seed: 8 })}${firs({ points: middle, from: 1390, to: 1600, density: 15, height: 52, fill: "#4e7a65", seed: 9 })}
<path fill="#4a7a5b" d="${hill(near)}"/>
${way([[960, 640, 66], [1050, 590, 40], [990, 548, 24], [1090, 508, 15], [1060, 476, 9], [1130, 437, 4]], "#e2cfa2")}
${firs({ points: near, from: 1330, to: 1600, density: 26, height: 96, fill: "#2f5f4a", seed: 21 })}${firs({ points: near, from: -20, to: 380, density: 24, height: 110, fill: "#2f5f4a", seed: 22 })}
${walker(1002, 574, 106)}
<path fill="#2a5241" d="${hill(front.slice(0, 3).concat([[880, 640]]))}"/><path fill="#2a5241" d="${hill([[1120, 640], [1210, 590], [1400, 556], [1600, 580]])}"/>
${grass(front, 0, 780, "#3d6b4d", 4, 20)}${grass([[1150, 630], [1260, 580], [1400, 556], [1600, 580]], 1180, 1600, "#3d6b4d", 5, 20)}
${birds([[760, 170, 12], [800, 186, 9], [735, 196, 8]], "#5b7f84")}`;
}

function alps() {
  const shore = [[0, 470], [260, 452], [520, 474], [800, 462], [1060, 474], [1320, 456], [1600, 468]];
  return `${defs(sky([0, "#4f8fb0"], [0.5, "#a9cdd3"], [0.75, "#f2e6cf"]), fogOf("#eef0e8"), gradient("lake", [[0, "#7fb3b4"], [0.35, "#4b8f98"], [1, "#1f5a68"]]))}${SKY}
${cloud(180, 150, 260, "#fff", 0.55)}${cloud(1290, 120, 210, "#fff", 0.5)}${cloud(620, 96, 150, "#fff", 0.35)}
${range({ points: [[-80, 420], [90, 262], [210, 340], [330, 236], [520, 400], [640, 300], [760, 380], [1330, 400], [1470, 230], [1700, 420]], fill: "#8aabb8", shade: "#6e93a4", snow: 70, snowFill: "#eef1ec", seed: 12 })}
${fog(330, 120, 0.9)}
${range({ points: [[520, 470], [690, 298], [770, 352], [930, 92], [1040, 236], [1128, 168], [1300, 360], [1390, 286], [1560, 470]], fill: "#6f8792", shade: "#3f5f72c9", snow: 130, snowFill: "#fbf8f0", seed: 44, roughness: 0.19 })}
${fog(390, 120, 0.95)}
<path fill="#3d6f5d" d="${hill(shore, 500)}"/>${firs({ points: shore, from: -10, to: 700, density: 12, height: 56, fill: "#2d5a4b", seed: 2 })}${firs({ points: shore, from: 1180, to: 1610, density: 11, height: 66, fill: "#2d5a4b", seed: 6 })}${firs({ points: shore, from: 720, to: 1180, density: 22, height: 26, fill: "#4b7d69", seed: 7 })}
<rect y="484" width="1600" height="156" fill="url(#lake)"/>
<g opacity=".3" transform="matrix(1 0 0 -.34 0 642)"><path fill="#f5f2ea" d="M690 464 770 400 930 92l54 70 56 74 88-68 90 104 82 88 90 104z"/><path fill="#35606f" d="M930 92l54 70 56 74 88-68 90 104 82 88 90 104H1060L1010 300z"/></g>
<path stroke="#d9ece8" stroke-width="2" stroke-linecap="round" opacity=".55" d="M690 512h120M860 530h210M1010 508h90M620 556h110M1190 540h150M900 574h160M1240 590h210M480 536h60M420 590h170"/>
<path fill="#24463c" d="${hill([[1080, 640], [1180, 606], [1330, 590], [1600, 560]])}"/>${firs({ points: [[1250, 600], [1600, 566]], from: 1400, to: 1600, density: 40, height: 190, fill: "#1b3a33", seed: 31 })}
<path fill="#24463c" d="${hill([[-10, 560], [120, 590], [300, 640]])}"/>
${lookout(1262, 604, 66)}${birds([[1180, 130, 11], [1216, 146, 8]], "#3f6474")}`;
}

function snow() {
  const far = [[0, 380], [300, 340], [620, 382], [900, 330], [1180, 370], [1600, 320]];
  const near = [[0, 470], [280, 452], [600, 492], [920, 448], [1220, 470], [1600, 420]];
  const flakes = (() => {
    const random = chance(77);
    return Array.from({ length: 130 }, () => `<circle cx="${Math.round(random() * 1600)}" cy="${Math.round(random() * 600)}" r="${(1 + random() * 2.2).toFixed(1)}" opacity="${(0.5 + random() * 0.5).toFixed(1)}"/>`).join("");
  })();
  const snowy = (x, y, height, kind) => `${fir(kind, x, y, height)}`;
  return `${defs(sky([0, "#a8c0cd"], [0.5, "#dfe5e4"], [0.78, "#f8e9d7"]), glow("sun", "#fff3dc"), fogOf("#eef2f2"))}${SKY}
${disc(760, 260, 300, "url(#sun)")}${disc(760, 262, 34, "#fff8ea")}
${range({ points: [[-50, 380], [150, 260], [330, 350], [520, 270], [690, 360], [1020, 190], [1150, 300], [1270, 228], [1660, 380]], fill: "#b9cbd3", shade: "#9db6c3", snow: 130, snowFill: "#f3f5f3", seed: 18 })}
${fog(290, 140)}
<path fill="#d3dfe3" d="${hill(far)}"/>${firs({ points: far, from: 0, to: 620, density: 17, height: 44, fill: "#8fa9b1", seed: 5 })}${firs({ points: far, from: 960, to: 1600, density: 15, height: 54, fill: "#8fa9b1", seed: 15 })}
${fog(360, 90, 0.8)}
<path fill="#e9eff0" d="${hill(near)}"/><path fill="#d3e0e5" d="${hill([[0, 540], [360, 500], [760, 524], [1000, 486], [1300, 508], [1600, 450]])}"/>
${firs({ points: near, from: 1310, to: 1600, density: 27, height: 150, fill: "#41606a", seed: 41 })}${firs({ points: near, from: 0, to: 330, density: 27, height: 140, fill: "#41606a", seed: 42 })}
<g fill="#f6f9f9" opacity=".9">${Array.from({ length: 9 }, (_, index) => {
    const x = 1325 + index * 31;
    return `<path d="M${x} ${Math.round(heightAt(near, x) - 68 - (index % 3) * 22)}l14 30-9-5-6 6-6-7-8 4z"/>`;
  }).join("")}</g>
<path fill="#fbfcfb" d="${hill([[0, 560], [300, 530], [640, 572], [980, 520], [1280, 540], [1600, 500]])}"/>
<path fill="#dbe6ea" d="${hill([[0, 612], [420, 590], [800, 622], [1300, 580], [1600, 600]])}"/>
<g fill="#b7cad3">${Array.from({ length: 22 }, (_, index) => `<ellipse cx="${Math.round(620 + index * 21 + (index % 2) * 5)}" cy="${Math.round(634 - index * 4.4 + (index % 2) * 7)}" rx="${(7 - index * 0.19).toFixed(1)}" ry="${(2.8 - index * 0.07).toFixed(1)}"/>`).join("")}</g>
${walker(1084, 540, 96, { jacket: "#b8502a", hat: "#2c4f43" })}${walker(1168, 532, 86, { jacket: "#2f6f7d", pack: "#6b4a35", hat: "#b8502a" })}
<g fill="#fff">${flakes}</g>${snowy(1500, 600, 0, 0)}`;
}

function forest() {
  const layers = [
    [[[0, 360], [400, 330], [800, 352], [1200, 318], [1600, 344]], "#b7c9b4", 110, 21, 1],
    [[[0, 420], [400, 398], [800, 420], [1200, 380], [1600, 410]], "#93b09b", 150, 24, 2],
    [[[0, 480], [400, 470], [800, 492], [1200, 452], [1600, 474]], "#6b917c", 200, 32, 3],
  ];
  const trunk = (x, width, lean, fill) => `<path fill="${fill}" d="M${x} 640l${lean}-640h${width * 0.7}l${width * 0.3 - lean} 640z"/>`;
  const floor = [[0, 560], [380, 548], [760, 582], [1100, 556], [1600, 540]];
  const fern = (x, y, size) => `<path fill="none" stroke="#33664c" stroke-width="3" stroke-linecap="round" d="M${x} ${y}q-${size * 0.3}-${size} -${size}-${size * 0.9}M${x} ${y}q-${size * 0.1}-${size * 1.2} -${size * 0.3}-${size * 1.4}M${x} ${y}q${size * 0.3}-${size} ${size}-${size * 0.9}M${x} ${y}q${size * 0.1}-${size * 1.1} ${size * 0.4}-${size * 1.4}"/>`;
  return `${defs(sky([0, "#cfdcc3"], [0.6, "#eef0d9"]), glow("sun", "#fffbe0"), fogOf("#edf1dd"), gradient("ray", [[0, "#fffbe0", 0.75], [1, "#fffbe0", 0]]))}${SKY}
${disc(980, 120, 420, "url(#sun)")}
${layers.map(([points, fill, height, density, seed]) => `${firs({ points, from: -20, to: 1620, density, height, fill, seed, sink: height * 0.2 })}<path fill="${fill}" d="${hill(points)}"/>${fog(points[0][1] - 40, 120, 0.75)}`).join("")}
<g fill="url(#ray)" opacity=".5"><path d="M930 0 760 560h110L990 0zM1060 0l-40 560h120L1120 0zM1190 0l100 520h110L1250 0z"/></g>
<path fill="#47775d" d="${hill([[0, 520], [400, 510], [800, 536], [1200, 500], [1600, 520]])}"/>
${way([[900, 640, 100], [980, 590, 54], [1080, 550, 28], [1030, 524, 16]], "#c9b98b", 0.9)}
${trunk(720, 34, 6, "#5d7a66")}${trunk(850, 22, -4, "#7d9a80")}${trunk(1190, 26, 5, "#7d9a80")}${trunk(1270, 38, -8, "#54705e")}${trunk(600, 26, 3, "#7d9a80")}
<path fill="#2f5c46" d="${hill(floor.slice(0, 3).concat([[800, 640]]))}"/><path fill="#2f5c46" d="${hill([[1040, 640], [1150, 580], [1350, 552], [1600, 540]])}"/>
${walker(1046, 556, 92, { jacket: "#d39a3a", pack: "#6b4a35", hat: "#b8502a" })}
${trunk(1430, 70, -14, "#243d33")}${trunk(1540, 44, 6, "#2c4a3d")}${trunk(20, 80, 18, "#243d33")}${trunk(190, 46, -8, "#2c4a3d")}${trunk(410, 36, 4, "#365847")}
${[[660, 600, 34], [760, 626, 28], [1180, 600, 30], [1250, 622, 40], [1350, 596, 34], [560, 620, 40], [1480, 620, 44], [320, 600, 36]].map(([x, y, size]) => fern(x, y, size)).join("")}`;
}

function climb() {
  const random = chance(9);
  const edge = fractal([[1080, 640], [1030, 540], [1068, 470], [1000, 380], [1036, 300], [980, 200], [1030, 110], [1010, 0]], random, 0.35, 3).map(([x, y], index) => [x + (index % 3) * 5, y]);
  const facets = Array.from({ length: 34 }, () => {
    const x = 1030 + random() * 540;
    const y = random() * 640;
    const size = 30 + random() * 90;
    const tone = ["#8a5a43", "#a56e51", "#b9805f", "#7a4c39", "#c79070"][Math.floor(random() * 5)];
    return `<path fill="${tone}" opacity=".55" d="${polygon([[x, y], [x + size * 0.5, y - size * 0.3], [x + size * 0.9, y + size * 0.5], [x + size * 0.3, y + size * 1.3], [x - size * 0.15, y + size * 0.7]])}"/>`;
  });
  const cracks = Array.from({ length: 12 }, () => {
    const x = 1080 + random() * 460;
    const y = random() * 520;
    const line = fractal([[x, y], [x - 20 + random() * 60, y + 70 + random() * 110]], random, 0.4, 3);
    return `M${line.map((point) => point.map(Math.round).join(" ")).join(" ")}`;
  });
  return `${defs(sky([0, "#5f8fa6"], [0.45, "#e6cfae"], [0.72, "#f0a878"]), glow("sun", "#ffe6bd"), fogOf("#f6cfa4"), gradient("wall", [[0, "#b9805f"], [1, "#6d4334"]], 'x2="1" y2=".4"'))}${SKY}
${disc(700, 330, 340, "url(#sun)")}${disc(700, 332, 42, "#fff0d2")}
${cloud(300, 180, 240, "#fff", 0.3)}${cloud(770, 130, 180, "#fff", 0.35)}
${range({ points: [[-50, 440], [140, 330], [290, 410], [440, 318], [600, 430], [760, 350], [880, 420], [1000, 360], [1200, 450]], fill: "#b08a80", shade: "#96706c", snow: 30, snowFill: "#f0d8c4", seed: 3 })}
${fog(380, 130)}
${range({ points: [[-40, 500], [160, 430], [330, 500], [520, 440], [700, 520], [860, 450], [1150, 540]], fill: "#7b6a6d", shade: "#67575d", seed: 14 })}
${fog(470, 110, 0.8)}
<path fill="#4e4a52" d="${hill([[0, 560], [300, 540], [620, 580], [900, 556], [1150, 600]])}"/>${firs({ points: [[0, 566], [300, 546], [620, 586], [900, 562], [1150, 606]], from: 0, to: 1080, density: 17, height: 44, fill: "#3d3b45", seed: 8 })}
<path fill="url(#wall)" d="${polygon([...edge, [1600, 0], [1600, 640]])}"/>
<path id="wall-edge" fill="none" stroke="#f0c39a" stroke-width="5" stroke-linejoin="round" opacity=".75" d="M${edge.map((point) => point.map(Math.round).join(" ")).join(" ")}"/>
<clipPath id="in"><path d="${polygon([...edge, [1600, 0], [1600, 640]])}"/></clipPath><g clip-path="url(#in)">${facets.join("")}</g>
<path fill="none" stroke="#4d2e25" stroke-width="3" opacity=".7" d="${cracks.join("")}"/>
<path fill="none" stroke="#e9d9b5" stroke-width="3" d="M1108 30C1100 120 1090 160 1066 244M1064 300c-14 90 30 190-14 340"/>${disc(1108, 30, 5, "#d9d4c8")}${disc(1092, 128, 4, "#d9d4c8")}
${climber(1058, 344, 112)}
${birds([[560, 210, 14], [610, 232, 10], [530, 242, 9]], "#5b4a4c")}`;
}

function rain() {
  const far = [[0, 372], [320, 300], [600, 360], [900, 280], [1220, 352], [1600, 270]];
  const middle = [[0, 440], [280, 470], [620, 410], [980, 462], [1300, 404], [1600, 440]];
  const near = [[0, 540], [360, 510], [760, 556], [1120, 508], [1600, 530]];
  const random = chance(31);
  const drops = Array.from({ length: 150 }, () => {
    const [x, y, length] = [random() * 1640, random() * 600, 14 + random() * 26];
    return `M${Math.round(x)} ${Math.round(y)}l-${Math.round(length * 0.34)} ${Math.round(length)}`;
  }).join("");
  return `${defs(sky([0, "#4d626b"], [0.5, "#8fa3a5"], [0.8, "#c3cbc3"]), fogOf("#c9d1cc"), gradient("haze", [[0, "#7b9096", 0], [0.45, "#7f9499", 0.95], [1, "#93a6a8", 0]]))}${SKY}
${cloud(-40, 150, 560, "#3f525b", 0.55)}${cloud(420, 120, 620, "#475b64", 0.5)}${cloud(1000, 160, 680, "#3f525b", 0.5)}${cloud(760, 190, 380, "#6a7f86", 0.5)}<rect y="70" width="1600" height="230" fill="url(#haze)"/>
${range({ points: [[-60, 380], [180, 250], [380, 350], [640, 230], [860, 350], [1120, 210], [1330, 330], [1480, 250], [1680, 380]], fill: "#7c9296", shade: "#6a8288", seed: 17 })}
${fog(250, 120, 0.95)}<path fill="#66807f" d="${hill(far)}"/>${fog(320, 130, 0.9)}
<path fill="#4d6e66" d="${hill(middle)}"/>${firs({ points: middle, from: -10, to: 560, density: 17, height: 62, fill: "#3c5c56", seed: 4 })}${firs({ points: middle, from: 1180, to: 1610, density: 17, height: 74, fill: "#3c5c56", seed: 5 })}
${fog(410, 100, 0.7)}
<path fill="#3a5b4c" d="${hill(near)}"/>
${way([[760, 640, 92], [860, 596, 50], [960, 556, 26], [930, 530, 13]], "#8d9788")}<path fill="#c4cfcb" opacity=".7" d="M742 622q46-12 96 0-44 10-96 0zM876 584q24-7 50 0-26 6-50 0z"/>
${hooded(1010, 566, 138)}${hooded(1116, 550, 112, "#b8502a")}
<path fill="#28443a" d="${hill([[1140, 640], [1290, 592], [1600, 570]])}"/><path fill="#28443a" d="${hill([[0, 590], [300, 600], [600, 640]])}"/>${grass([[1180, 630], [1290, 594], [1600, 572]], 1200, 1600, "#45685a", 6, 26)}${grass([[0, 592], [300, 602], [560, 636]], 0, 560, "#45685a", 7, 24)}
<path fill="none" stroke="#e6eeee" stroke-width="1.600" stroke-linecap="round" opacity=".55" d="${drops}"/>`;
}

function welcomeBack() {
  const far = [[0, 420], [340, 380], [640, 414], [960, 372], [1280, 404], [1600, 366]];
  const near = [[0, 520], [300, 500], [640, 540], [960, 488], [1280, 478], [1600, 508]];
  return `${defs(sky([0, "#27385a"], [0.4, "#6b6a8c"], [0.62, "#d98f78"], [0.78, "#f5c58b"]), glow("lamp", "#ffd588"), fogOf("#e0a78b"))}${SKY}${stars(8, 70, 260)}
<path fill="#f7ecd0" d="M1286 84a26 26 0 1 1-30 38 23 23 0 0 0 30-38z"/>
${range({ points: [[-50, 420], [160, 270], [300, 360], [480, 240], [700, 400], [860, 300], [980, 380], [1190, 226], [1340, 350], [1470, 280], [1660, 420]], fill: "#6c6484", shade: "#544f74", snow: 90, snowFill: "#f1bfa4", seed: 28, light: 1 })}
${fog(340, 120, 0.8)}
<path fill="#4d5069" d="${hill(far)}"/>${firs({ points: far, from: 0, to: 1600, density: 15, height: 54, fill: "#3c415b", seed: 11 })}
<path fill="#39435a" d="${hill(near)}"/>${firs({ points: near, from: -10, to: 520, density: 26, height: 120, fill: "#2a334a", seed: 12 })}${firs({ points: near, from: 1330, to: 1620, density: 26, height: 150, fill: "#2a334a", seed: 13 })}
${disc(1040, 440, 260, "url(#lamp)", 'opacity=".75"')}
${way([[800, 640, 76], [900, 596, 44], [860, 560, 26], [980, 520, 14], [1032, 500, 8]], "#e2b98a", 0.8)}
${hut(1050, 498, 152)}
<path fill="none" stroke="#cfc4c8" stroke-width="9" stroke-linecap="round" opacity=".35" d="M990 318c-14-26 20-36 6-66s14-34 2-62"/>
<path fill="#2b3550" d="${hill([[0, 590], [320, 570], [640, 606], [740, 640]])}"/><path fill="#2b3550" d="${hill([[930, 640], [1080, 588], [1300, 566], [1600, 580]])}"/>
<g stroke="#1f2740" stroke-width="6" stroke-linecap="round"><path d="M1120 616v-46M1190 600v-46M1260 588v-46M1330 582v-46M1400 580v-46M1470 580v-46M1540 582v-46"/><path stroke-width="4" d="M1104 586l86-20 70-12 70-6 70-2 140 2M1104 604l86-20 70-12 70-6 70-2 140 2" fill="none"/></g>
${walker(846, 590, 92, { jacket: "#2f6f7d", pack: "#8a4a2c", legs: "#20283c", hat: "#d39a3a" })}`;
}

function camp() {
  const far = [[0, 430], [320, 400], [640, 436], [980, 396], [1300, 426], [1600, 390]];
  return `${defs(sky([0, "#0f1f36"], [0.5, "#24435c"], [0.78, "#4f7d84"]), glow("light", "#ffc873"), glow("moon", "#e9efe6", 0.55), fogOf("#5d8a8d"))}${SKY}
<path fill="#9fc0c9" opacity=".1" d="M520 0C700 120 980 220 1600 250V150C1180 130 900 60 760 0z"/>${stars(21, 190, 400)}
${disc(760, 150, 150, "url(#moon)")}${disc(760, 150, 30, "#f2efdf")}${disc(752, 144, 6, "#dcd8c6")}${disc(768, 158, 4, "#dcd8c6")}
${range({ points: [[-50, 430], [130, 300], [270, 390], [420, 280], [620, 420], [860, 250], [990, 350], [1150, 236], [1330, 380], [1450, 310], [1660, 430]], fill: "#2f5166", shade: "#244357", snow: 60, snowFill: "#8fb0b8", seed: 23 })}
${fog(360, 120, 0.5)}
<path fill="#1e3c47" d="${hill(far)}"/>${firs({ points: far, from: -10, to: 1610, density: 14, height: 58, fill: "#183440", seed: 9 })}
<rect y="452" width="1600" height="90" fill="#2f5d6c"/><path fill="#7fb0b4" opacity=".3" d="M700 462h130l-14 12h-96zM690 482h150l-20 10H716zM716 502h96l-14 8h-66z"/>
<path stroke="#9cc6c6" stroke-width="1.500" opacity=".35" d="M480 470h160M900 476h220M1240 468h180M580 500h110M880 508h190M1300 502h150"/>
<path fill="#16302f" d="${hill([[0, 560], [340, 540], [700, 556], [1040, 522], [1320, 534], [1600, 516]])}"/>
${disc(1050, 500, 300, "url(#light)", 'opacity=".8"')}
${tent(1050, 548, 152)}
<ellipse cx="1080" cy="556" rx="250" ry="26" fill="url(#light)" opacity=".7"/>
<g transform="translate(1240 566)"><path fill="#1a1512" d="M-16 0-14-24c0-8 6-12 13-12s13 4 14 12L14 0z"/><circle cx="-1" cy="-43" r="8" fill="#c98f68"/><path fill="#b8502a" d="M-9-43c0-8 4-11 8-11s8 3 8 11z"/><path fill="#2f6f7d" d="M-15-8c-1-20 4-28 14-28s15 8 14 28z"/><path fill="#1d2a30" d="M-12 0c8-10 30-12 42-4l2 6h-44z"/></g>
<g transform="translate(1180 570)"><path fill="#ffb24a" d="M0-30c10 10 12 16 8 24-2 5-14 5-16 0-4-8 2-14 8-24z"/><path fill="#fff0b8" d="M0-16c5 6 6 9 4 13-1 3-7 3-8 0-2-4 1-7 4-13z"/><path stroke="#2b1d15" stroke-width="5" stroke-linecap="round" d="M-16 2 16-3M-15-3 16 2"/></g>
<path fill="#0f2426" d="${hill([[0, 610], [420, 590], [860, 616], [1240, 590], [1600, 606]])}"/>${firs({ points: [[0, 640], [500, 640]], from: 0, to: 470, density: 52, height: 250, fill: "#0d2024", seed: 51 })}${firs({ points: [[1340, 640], [1600, 640]], from: 1380, to: 1610, density: 50, height: 300, fill: "#0d2024", seed: 54 })}`;
}

function coast() {
  const random = chance(61);
  const cliff = fractal([[840, 640], [880, 520], [930, 470], [950, 330], [1010, 290], [1080, 300], [1200, 240], [1330, 250], [1460, 190], [1620, 200]], random, 0.14, 4);
  return `${defs(sky([0, "#7fb0c0"], [0.45, "#d8e2d8"], [0.62, "#f8e3bd"]), glow("sun", "#fff0cb"), fogOf("#f4ead2"), gradient("sea", [[0, "#a9cdc8"], [0.3, "#5e9ba4"], [1, "#23586b"]]), gradient("rock", [[0, "#7d8f86"], [1, "#3d5154"]]))}${SKY}
${disc(640, 300, 330, "url(#sun)")}${disc(640, 312, 38, "#fff6de")}${cloud(260, 150, 240, "#fff", 0.5)}${cloud(760, 190, 170, "#fff", 0.45)}${cloud(1240, 120, 230, "#fff", 0.45)}
${range({ points: [[-60, 372], [120, 300], [260, 360], [380, 316], [560, 372]], fill: "#93b3b8", shade: "#7da1aa", snow: 22, snowFill: "#eceee4", seed: 2, floor: 372 })}
<rect y="370" width="1600" height="270" fill="url(#sea)"/>
<path fill="#fff3d0" opacity=".75" d="M560 374h170l-16 6H576zM580 388h130l-10 6H592zM566 404h160l-20 6H590zM596 424h96l-10 6h-76zM574 448h150l-22 8H600zM600 480h90l-12 7h-66z"/>
<path stroke="#e4f0ea" stroke-width="2" stroke-linecap="round" opacity=".5" d="M60 420h120M260 448h90M120 500h160M400 410h80M430 540h150M300 580h110M760 430h60M740 540h90M60 600h140"/>
<path fill="url(#rock)" d="${polygon([...cliff, [1620, 640]])}"/>
<path fill="#2f4548" opacity=".55" d="${polygon(fractal([[930, 470], [950, 330], [1010, 290], [1040, 420], [1010, 560], [960, 640], [870, 560]], random, 0.2, 3))}"/><path fill="#2f4548" opacity=".45" d="${polygon(fractal([[1080, 300], [1200, 240], [1180, 380], [1220, 520], [1120, 640], [1090, 460]], random, 0.2, 3))}"/><path fill="#2f4548" opacity=".4" d="${polygon(fractal([[1330, 250], [1460, 190], [1420, 360], [1480, 520], [1400, 640], [1340, 470]], random, 0.2, 3))}"/>
<path fill="#6f9469" d="${polygon([...cliff.filter(([x]) => x > 1000), [1620, 240], ...fractal([[1500, 238], [1330, 288], [1200, 276], [1090, 326], [1010, 306]], random, 0.12, 3)])}"/>
${walker(1150, 272, 82, { turn: -1 })}${walker(1232, 248, 76, { turn: -1, jacket: "#d39a3a", hat: "#2c4f43", pack: "#6b4a35" })}
${birds([[720, 210, 16], [790, 250, 12], [700, 262, 10], [860, 200, 10]], "#47646b")}`;
}

function run() {
  const ridge = [[560, 660], [700, 560], [860, 496], [1000, 476], [1120, 430], [1260, 402], [1420, 352], [1620, 300]];
  return `${defs(sky([0, "#5d6b93"], [0.35, "#c98f9a"], [0.58, "#f6b787"], [0.72, "#fde0a8"]), glow("sun", "#fff2c9"), fogOf("#fbd9b0"))}${SKY}
${disc(820, 372, 420, "url(#sun)")}${disc(820, 374, 52, "#fffbe8")}
${cloud(160, 130, 300, "#fff", 0.22)}${cloud(980, 110, 260, "#fff", 0.25)}${cloud(1280, 170, 200, "#fff", 0.2)}
${range({ points: [[-40, 420], [120, 340], [260, 400], [420, 330], [580, 410], [700, 360], [820, 410], [980, 350], [1120, 420], [1260, 340], [1640, 430]], fill: "#c58d8f", shade: "#ad7a85", seed: 6 })}
${fog(370, 110)}
${range({ points: [[-40, 480], [200, 400], [380, 470], [560, 410], [760, 490], [960, 440], [1200, 500], [1640, 480]], fill: "#8d6b80", shade: "#775b75", seed: 16 })}
${fog(440, 120, 0.95)}
<path fill="#5a4d68" d="${hill([[0, 540], [300, 520], [600, 566], [900, 540], [1200, 560]])}"/>${firs({ points: [[0, 546], [300, 526], [600, 572], [900, 546]], from: 0, to: 720, density: 18, height: 44, fill: "#4b4159", seed: 4 })}${fog(520, 110, 0.7)}
<path fill="#3a3550" d="${hill(ridge)}"/><path fill="none" stroke="#f8c796" stroke-width="4" opacity=".85" d="${hill(ridge).split("V")[0]}"/>
${way([[860, 640, 46], [960, 570, 26], [1060, 500, 14], [1090, 446, 6]], "#6b567a", 0.9)}
${grass(ridge, 700, 1600, "#2d2a42", 3, 15)}
${runner(1136, 428, 132)}${runner(1330, 384, 96, "#2f6f7d")}
<path fill="#262339" d="${hill([[1060, 660], [1240, 590], [1440, 560], [1600, 520]])}"/>${grass([[1100, 644], [1240, 592], [1440, 562], [1600, 522]], 1110, 1600, "#38334f", 8, 26)}
${birds([[560, 250, 12], [600, 268, 9]], "#6b5670")}`;
}

function autumn() {
  const far = [[0, 410], [320, 380], [640, 416], [960, 366], [1260, 398], [1600, 350]];
  const middle = [[0, 470], [300, 486], [640, 450], [960, 480], [1280, 436], [1600, 462]];
  const larches = (points, from, to, density, height, seed) => ["#d99b2f", "#c97f26", "#e3b04a"].map((fill, index) => firs({ points, from: from + index * 9, to, density: density * 2.4, height, fill, seed: seed + index })).join("");
  return `${defs(sky([0, "#4c8fb5"], [0.5, "#b9d6da"], [0.76, "#f6ecd2"]), fogOf("#f3ecd8"))}${SKY}
${cloud(240, 170, 220, "#fff", 0.5)}${cloud(1260, 130, 240, "#fff", 0.5)}
${range({ points: [[-60, 420], [140, 290], [290, 370], [430, 270], [650, 410], [820, 250], [930, 330], [1080, 178], [1230, 330], [1360, 236], [1660, 420]], fill: "#8397a3", shade: "#5f7b8ec4", snow: 110, snowFill: "#faf8f1", seed: 33, roughness: 0.18 })}
${fog(330, 110, 0.85)}
<path fill="#a8994f" d="${hill(far)}"/>${larches(far, 0, 1600, 12, 44, 3)}
<path fill="#b98a35" d="${hill(middle)}"/>${larches(middle, -10, 640, 15, 84, 13)}${larches(middle, 1230, 1610, 15, 96, 23)}${firs({ points: middle, from: 0, to: 600, density: 70, height: 90, fill: "#3f6652", seed: 9 })}
<path fill="#c7a04a" d="${hill([[0, 556], [360, 530], [740, 560], [1080, 506], [1340, 520], [1600, 500]])}"/>
${way([[900, 640, 80], [1000, 596, 46], [940, 560, 26], [1060, 528, 14], [1090, 510, 7]], "#ecd9a8")}
${walker(1010, 578, 104, { jacket: "#2f6f7d", pack: "#8a4a2c", hat: "#b8502a", turn: 1 })}${walker(1092, 552, 86, { jacket: "#7a8450", pack: "#24313f", hat: "#e5ddc9" })}
<g fill="none" stroke="#6b4a2c" stroke-linecap="round"><path stroke-width="8" d="M1190 610v-64M1290 592v-64M1390 580v-64M1490 574v-64M1590 570v-64"/><path stroke-width="5" d="M1176 568l114-20 100-12 100-6 120-4M1176 592l114-20 100-12 100-6 120-4"/></g>
<path fill="#9c7a34" d="${hill([[0, 610], [380, 596], [700, 640]])}"/>${grass([[0, 612], [380, 598], [660, 636]], 0, 640, "#7d6129", 5, 26)}${firs({ points: [[0, 640], [420, 640]], from: 0, to: 400, density: 70, height: 210, fill: "#c27a22", seed: 72 })}
${birds([[900, 150, 12], [940, 168, 9]], "#3f6474")}`;
}

function summit() {
  const puff = (y, seed, fill, opacity) => {
    const random = chance(seed);
    let path = `M-40 ${y}`;
    for (let x = -40; x < 1640;) {
      const width = 50 + random() * 90;
      path += `q${Math.round(width / 2)}-${Math.round(24 + random() * 34)} ${Math.round(width)} ${Math.round((random() - 0.5) * 8)}`;
      x += width;
    }
    return `<path fill="${fill}" opacity="${opacity}" d="${path}V660H-40z"/>`;
  };
  const random = chance(19);
  const top = fractal([[720, 660], [800, 560], [880, 520], [960, 430], [1010, 410], [1060, 352], [1110, 348], [1170, 410], [1240, 440], [1330, 520], [1420, 560], [1520, 660]], random, 0.14, 3);
  return `${defs(sky([0, "#3f6f95"], [0.4, "#9fc0cc"], [0.6, "#f7d9b0"]), glow("sun", "#fff2d3"), fogOf("#fff4e2"))}${SKY}
${disc(700, 330, 380, "url(#sun)")}${disc(700, 336, 40, "#fffaf0")}
${puff(400, 1, "#f4dfc8", 1)}
${range({ points: [[120, 470], [250, 330], [340, 390], [420, 350], [560, 480]], fill: "#8197a8", shade: "#667f94", snow: 60, seed: 7 })}${range({ points: [[1240, 470], [1380, 320], [1450, 370], [1540, 300], [1700, 480]], fill: "#8197a8", shade: "#667f94", snow: 60, seed: 8 })}${range({ points: [[600, 440], [680, 386], [760, 440]], fill: "#9db1ba", shade: "#8199a6", snow: 20, seed: 10 })}
${puff(452, 2, "#f9ead7", 1)}${puff(500, 3, "#fdf5e8", 1)}
<path fill="#5a5f5c" d="${polygon(top)}"/><path fill="#3c4446" opacity=".8" d="${polygon([...top.filter(([x]) => x > 1085), [1500, 660], [1180, 660], [1210, 560], [1150, 480], [1120, 420]])}"/><path fill="#8a8577" opacity=".7" d="${polygon(fractal([[960, 432], [1060, 356], [1080, 420], [1020, 470], [1040, 540], [930, 620], [860, 600], [920, 520]], random, 0.2, 3))}"/>
${cross(1092, 352, 120)}${lookout(1034, 392, 92)}${walker(934, 470, 84, { jacket: "#d39a3a", pack: "#2f6f7d", hat: "#b8502a" })}
${puff(596, 4, "#ffffff", 0.95)}${birds([[860, 190, 13], [905, 208, 10], [1250, 250, 10]], "#3d5a70")}`;
}

function trail() {
  const far = [[0, 340], [320, 310], [640, 352], [940, 300], [1260, 334], [1600, 290]];
  const middle = [[0, 400], [300, 420], [600, 388], [900, 420], [1240, 376], [1600, 400]];
  const near = [[0, 470], [340, 452], [700, 486], [1040, 450], [1320, 440], [1600, 468]];
  const random = chance(27);
  const stones = Array.from({ length: 44 }, () => {
    const depth = random();
    const y = 470 + depth * depth * 160;
    const x = 960 + (random() - 0.5) * (60 + depth * 640) - depth * 60;
    const size = 4 + depth * depth * 24;
    const tone = ["#a79a86", "#8f8474", "#bdb09a", "#7c7366"][Math.floor(random() * 4)];
    return { y, path: `<path fill="${tone}" d="${polygon([[x - size, y], [x - size * 0.7, y - size * 0.6], [x - size * 0.1, y - size * 0.85], [x + size * 0.7, y - size * 0.5], [x + size, y]])}"/><path fill="#0003" d="${polygon([[x - size, y], [x + size, y], [x + size * 0.75, y - size * 0.42], [x + size * 0.1, y - size * 0.2]])}"/>` };
  }).sort((a, b) => a.y - b.y).map(({ path }) => path).join("");
  return `${defs(sky([0, "#7fb2c4"], [0.5, "#d3e1d8"], [0.72, "#f5ead0"]), fogOf("#eef0e2"))}${SKY}
${cloud(220, 150, 240, "#fff", 0.6)}${cloud(700, 110, 200, "#fff", 0.5)}${cloud(1290, 140, 240, "#fff", 0.55)}
${range({ points: [[-50, 350], [150, 230], [300, 300], [460, 206], [660, 330], [800, 250], [930, 310], [1100, 180], [1260, 300], [1400, 220], [1660, 350]], fill: "#93b1b3", shade: "#769a9f", snow: 44, snowFill: "#edefe6", seed: 52 })}
${fog(270, 110, 0.85)}<path fill="#86a98f" d="${hill(far)}"/>${firs({ points: far, from: 0, to: 1600, density: 20, height: 28, fill: "#76997f", seed: 7 })}
<path fill="#6d9973" d="${hill(middle)}"/>${firs({ points: middle, from: 0, to: 560, density: 18, height: 52, fill: "#4f7f63", seed: 17 })}${firs({ points: middle, from: 1270, to: 1610, density: 16, height: 60, fill: "#4f7f63", seed: 18 })}
<path fill="#7fa765" d="${hill(near)}"/>
${way([[880, 650, 300], [930, 580, 150], [1010, 520, 66], [960, 484, 30], [1020, 462, 14], [1040, 450, 7]], "#dcc69b")}${way([[880, 650, 220], [930, 580, 104], [1010, 520, 42], [960, 484, 18]], "#e8d6b1", 0.8)}
${stones}
${signpost(1240, 520, 190)}
${grass([[540, 640], [720, 560], [860, 520]], 540, 830, "#4f7f47", 9, 26)}${grass([[1080, 520], [1180, 560], [1300, 640]], 1090, 1300, "#4f7f47", 10, 26)}
<path fill="#4f7f47" d="${hill([[0, 570], [300, 548], [520, 600], [580, 640]])}"/><path fill="#4f7f47" d="${hill([[1190, 640], [1290, 580], [1450, 552], [1600, 560]])}"/>${grass([[0, 572], [300, 550], [520, 602], [570, 636]], 0, 560, "#3b6a3a", 11, 30)}${grass([[1210, 630], [1290, 582], [1450, 554], [1600, 562]], 1210, 1600, "#3b6a3a", 12, 30)}
<g fill="#f3efe2">${[[1330, 584], [1372, 600], [1428, 578], [1500, 592], [1560, 584], [330, 580], [260, 566], [420, 600]].map(([x, y]) => `<circle cx="${x}" cy="${y}" r="4"/>`).join("")}</g><g fill="#d9902f">${[[1350, 612], [1460, 606], [1535, 610], [380, 612], [210, 590]].map(([x, y]) => `<circle cx="${x}" cy="${y}" r="4.500"/>`).join("")}</g>
${walker(1000, 490, 62, { jacket: "#b8502a" })}`;
}

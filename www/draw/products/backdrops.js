import { area, line } from "../tone.js";
import { fog, hill, range, firs, FIRS, chance, glow, gradient, disc, stars } from "../shapes.js";

/** What stands behind a thing outdoors, 600 × 600; `floor` is where it stands, `hook` where it hangs. */
export const BACKDROPS = {
  /** A meadow in front of mountains. */
  meadow: {
    floor: 520,
    drawing: `<defs>${FIRS}${gradient("sky", [[0, "#8db8c2"], [0.7, "#f3e4c4"]])}${gradient("fog", [[0, "#f3ead4", 0], [0.5, "#f3ead4", 0.9], [1, "#f3ead4", 0]])}</defs><path fill="url(#sky)" d="M0 0h600v600H0z"/>
${range({ points: [[-60, 330], [80, 190], [190, 270], [330, 130], [470, 280], [560, 200], [700, 330]], fill: "#8fb0b4", shade: "#7196a0", snow: 60, snowFill: "#f1f0e8", seed: 5, floor: 420 })}${fog(250, 140)}
<path fill="#6f9a83" d="${hill([[0, 360], [200, 330], [400, 366], [600, 336]], 600)}"/>${firs({ points: [[0, 360], [200, 330], [400, 366], [600, 336]], from: -10, to: 620, density: 20, height: 48, fill: "#557f6d", seed: 4 })}
<path fill="#5c8a58" d="${hill([[0, 430], [220, 410], [420, 440], [600, 420]], 600)}"/><path fill="#4a7849" d="${hill([[0, 500], [240, 480], [600, 496]], 600)}"/>${tufts("#37603a")}`,
  },
  /** A flat stone high above the valley. */
  rock: {
    floor: 508,
    drawing: `<defs>${FIRS}${gradient("sky", [[0, "#6d9fb8"], [0.7, "#f2d9b8"]])}${gradient("fog", [[0, "#f6e6cd", 0], [0.5, "#f6e6cd", 0.9], [1, "#f6e6cd", 0]])}${glow("sun", "#fff1cf")}</defs><path fill="url(#sky)" d="M0 0h600v600H0z"/>${disc(440, 170, 200, "url(#sun)")}${disc(440, 170, 26, "#fff7e4")}
${range({ points: [[-60, 360], [60, 210], [160, 290], [260, 180], [390, 320], [500, 230], [680, 360]], fill: "#93a9b4", shade: "#76909f", snow: 50, snowFill: "#f6ede0", seed: 15, floor: 440 })}${fog(280, 130)}
${range({ points: [[-60, 420], [120, 330], [280, 410], [450, 320], [680, 430]], fill: "#6d8186", shade: "#596e75", seed: 25, floor: 520 })}${fog(370, 120)}
${area("M-10 610V486L70 462 190 470 330 456 470 470 610 452V610z", "#8d8577")}${area("M-10 610V520L110 508 260 520 420 510 610 524V610z", "#766e62")}${line("M60 486l90 8M240 480l60-6M380 492l110-6M150 540l110 8M360 548l120-6", "#5d564c", 3)}`,
  },
  /** The wooden wall of a hut. */
  wall: {
    hook: 84,
    drawing: `<path fill="#8a6446" d="M0 0h600v600H0z"/>${Array.from({ length: 8 }, (_, index) => `<path fill="${["#93694a", "#845d40", "#8d6547", "#7c573c"][index % 4]}" d="M0 ${index * 76}h600v73H0z"/><path fill="#4d3422" d="M0 ${index * 76 + 73}h600v3H0z"/>${line(`M${30 + index * 41} ${index * 76 + 30}q90-10 180 0M${300 - index * 20} ${index * 76 + 52}q70 8 160 0`, "#6b4a32", 2, 'opacity=".6"')}`).join("")}<path fill="#000" opacity=".16" d="M420 0h180v600H300z"/><path fill="#5a3d27" d="M274 34h52v26h-52z"/><path fill="#caa877" d="M290 44h20v44h-20z"/>`,
  },
  /** A plank by the tent, in the evening. */
  evening: {
    floor: 500,
    drawing: `<defs>${FIRS}${gradient("sky", [[0, "#1c2f4a"], [0.45, "#5d6584"], [0.7, "#e0a084"]])}${gradient("fog", [[0, "#d99f88", 0], [0.5, "#d99f88", 0.7], [1, "#d99f88", 0]])}${glow("light", "#ffd28a")}</defs><path fill="url(#sky)" d="M0 0h600v600H0z"/>${stars(3, 60, 200).replace(/cx="(\d+)"/g, (_, x) => `cx="${Math.round(x * 0.375)}"`)}
${range({ points: [[-60, 350], [90, 220], [200, 300], [330, 190], [450, 310], [540, 240], [700, 350]], fill: "#565b7a", shade: "#454b6a", snow: 46, snowFill: "#e3b09c", seed: 8, floor: 420 })}${fog(280, 130)}
<path fill="#2f3c50" d="${hill([[0, 380], [200, 360], [400, 386], [600, 360]], 600)}"/>${firs({ points: [[0, 380], [200, 360], [400, 386], [600, 360]], from: -10, to: 620, density: 22, height: 80, fill: "#263246", seed: 6 })}${disc(300, 400, 260, "url(#light)", 'opacity=".55"')}
<path fill="#7a5636" d="M0 470h600v44H0z"/><path fill="#94693f" d="M0 462h600v14H0z"/><path fill="#5d4029" d="M0 514h600v86H0z"/>${line("M40 490q100-8 220 0M330 500q110-6 230 0M60 540q120-8 260 0M360 560q90-6 200 0", "#4a3220", 2.5, 'opacity=".7"')}`,
  },
};

function tufts(colour) {
  const random = chance(12);
  return line(Array.from({ length: 120 }, () => {
    const [x, y] = [random() * 600, 500 + random() * 100];
    return `M${Math.round(x)} ${Math.round(y)}q2-12 ${Math.round(random() * 10 - 3)}-${Math.round(12 + random() * 12)}`;
  }).join(""), colour, 2.5);
}

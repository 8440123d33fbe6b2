import { area, line, mirrored, mix, stitch } from "../tone.js";

const BODY = "M206 178C236 166 264 162 300 162S364 166 394 178C402 220 404 300 408 402L414 494C340 508 260 508 186 494L192 402C196 300 198 220 206 178z";
const SLEEVE = "M208 177C184 184 166 202 156 240 140 300 118 380 104 452 114 464 140 472 156 470 168 410 186 340 202 290z";

function sleeves({ main, dark }, cuff) {
  return mirrored(`${area(SLEEVE, main)}${area("M202 290C186 340 168 410 156 470L144 470C160 392 176 320 196 250z", dark, 0.55)}${area("M108 436C122 446 146 452 161 450L156 472C140 474 114 466 103 454z", cuff)}${line("M150 330c10 4 22 4 32 0M156 300c10 6 24 8 34 4M138 384c10 4 20 4 30 0", dark, 3, 'opacity=".45"')}`);
}

function hood({ main, dark, deep }, lining) {
  return `${area("M222 182C214 120 236 72 300 70 364 72 386 120 378 182 350 196 250 196 222 182z", main)}
${area("M246 186C236 138 252 104 300 102 348 104 364 138 354 186 330 194 270 194 246 186z", lining)}
${area("M240 96C258 84 280 78 300 78S342 84 360 96C346 90 324 90 300 90S254 90 240 96z", dark)}${area("M246 186C240 160 242 136 254 120 250 146 256 168 270 190zM354 186C360 160 358 136 346 120 350 146 344 168 330 190z", deep, 0.6)}`;
}

function zip(colour, teeth, from = 176, to = 500) {
  return `${line(`M300 ${from}V${to}`, colour, 7)}${line(`M300 ${from}V${to}`, teeth, 2.5, 'stroke-dasharray="3 4"')}${area(`M296 ${from + 26}h8l3 20h-14z`, teeth)}`;
}

export function rainShell(tone) {
  const { main, light, dark, deep } = tone;
  return `${sleeves(tone, deep)}${area(BODY, main)}
${area("M206 178C236 166 264 162 300 162S364 166 394 178L400 250C360 262 330 240 300 240S240 262 200 250z", dark)}
${area("M300 240V504C260 505 220 501 186 494L189 440C230 420 270 330 300 240z", light, 0.16)}${area("M408 402L414 494C396 498 378 501 358 503 372 430 384 350 400 260z", dark, 0.55)}
${hood(tone, deep)}
${mirrored(`${line("M222 318L250 418", deep, 8)}${line("M222 318L250 418", "#e6b13c", 2.5)}`)}
${line("M324 268H374", deep, 7)}${line("M324 268H374", "#e6b13c", 2.500)}${zip(deep, "#e6b13c")}
${stitch("M202 254C240 266 262 245 300 245S360 266 398 254M190 478C260 492 340 492 410 478", "#fff", 0.35)}
${area("M222 232l12-20 12 20-6 0-6-10-6 10z", "#fff", 0.9)}${line("M268 196v26M332 196v26", "#e9e2d0", 4)}<circle cx="268" cy="226" r="5" fill="#2a2b29"/><circle cx="332" cy="226" r="5" fill="#2a2b29"/>
${line("M230 360c8 20 10 50 4 80M352 330c14 30 16 80 8 130", dark, 3, 'opacity=".5"')}`;
}

export function downJacket(tone) {
  const { main, light, dark, deep } = tone;
  const rows = Array.from({ length: 10 }, (_, index) => {
    const y = 170 + index * 34;
    return `${area(`M170 ${y}C220 ${y + 10} 260 ${y + 4} 300 ${y + 6}S380 ${y + 10} 430 ${y}V${y + 34}C380 ${y + 44} 340 ${y + 38} 300 ${y + 40}S220 ${y + 44} 170 ${y + 34}z`, "url(#puff)")}${line(`M170 ${y + 34}C220 ${y + 44} 260 ${y + 38} 300 ${y + 40}S380 ${y + 44} 430 ${y + 34}`, deep, 2.5, 'opacity=".7"')}`;
  }).join("");
  const sleeve = Array.from({ length: 10 }, (_, index) => line(`M${186 - index * 9} ${204 + index * 27}c12 14 26 20 40 ${18 - index}`, deep, 2.5, 'opacity=".7"')).join("");
  return `<defs><linearGradient id="puff" x2="0" y2="1"><stop offset="0" stop-color="${light}"/><stop offset=".5" stop-color="${main}"/><stop offset="1" stop-color="${dark}"/></linearGradient><linearGradient id="arm" x2="1" y2=".25"><stop offset="0" stop-color="${light}"/><stop offset=".55" stop-color="${main}"/><stop offset="1" stop-color="${dark}"/></linearGradient><clipPath id="body"><path d="M198 180C232 164 264 160 300 160S368 164 402 180C412 230 410 300 412 402L416 486C340 502 260 502 184 486L188 402C190 300 188 230 198 180z"/></clipPath><clipPath id="sleeve"><path d="M204 176C172 184 154 206 144 244 128 304 104 384 92 452 104 466 140 474 158 470 172 410 190 340 204 290z"/></clipPath></defs>
${mirrored(`<g clip-path="url(#sleeve)"><path fill="url(#arm)" d="M80 160h140v330H80z"/>${sleeve}</g>${area("M94 446C110 458 142 464 160 460L157 474C140 478 104 470 91 456z", deep)}`)}
<g clip-path="url(#body)">${rows}${area("M184 420C230 400 232 250 206 170H150v330z", light, 0.12)}${area("M416 486V170h-18c6 110-4 230-36 330z", deep, 0.22)}</g>
${area("M240 174C236 140 246 122 300 120 354 122 364 140 360 174 340 190 260 190 240 174z", main)}${area("M254 168C252 146 264 138 300 137S348 146 346 168C330 178 270 178 254 168z", deep)}${line("M240 158C260 148 280 146 300 146S340 148 360 158", dark, 2.500, 'opacity=".7"')}
${zip(deep, "#f0e6cf", 176, 494)}${mirrored(line("M216 372L232 446", deep, 6))}
${area("M336 232h44v26h-44z", deep, 0.9)}${area("M350 252l8-14 8 14h-4l-4-7-4 7z", "#f0e6cf")}`;
}

export function fleece(tone) {
  const { main, light, dark, deep } = tone;
  const pile = Array.from({ length: 190 }, (_, index) => {
    const [column, row] = [index % 14, Math.floor(index / 14)];
    return `M${196 + column * 15.5 + (row % 2) * 8} ${186 + row * 23}q4-5 8 0t6-1`;
  }).join("");
  return `<clipPath id="body"><path d="${BODY}"/></clipPath>${sleeves(tone, dark)}${mirrored(`${area("M141 300C128 330 124 350 126 372 140 380 158 378 168 368 176 344 180 324 182 308z", deep, 0.75)}`)}
${area(BODY, main)}<g clip-path="url(#body)">${line(pile, light, 2, 'opacity=".55"')}${area("M300 170V510H180C240 430 280 300 300 170z", light, 0.12)}${area("M414 494C400 400 396 300 390 180l40 10v320z", dark, 0.4)}</g>
${area("M206 178C222 170 240 166 258 164L244 214 202 226zM394 178C378 170 360 166 342 164L356 214 398 226z", deep, 0.8)}
${area("M244 176C240 140 250 118 300 116 350 118 360 140 356 176 340 192 260 192 244 176z", main)}${area("M258 172C256 146 266 136 300 135S344 146 342 172C330 182 270 182 258 172z", dark)}${line("M244 160C262 150 280 148 300 148S338 150 356 160", light, 2, 'opacity=".6"')}
${zip(deep, "#e6b13c", 176, 502)}
<rect x="326" y="232" width="56" height="66" rx="5" fill="${deep}"/>${line("M332 244H376", "#e6b13c", 3)}${area("M344 282l10-17 10 17h-5l-5-8-5 8z", "#f0e6cf")}
${mirrored(line("M214 386L232 452", deep, 7))}${area("M187 478C260 492 340 492 413 478L414 494C340 508 260 508 186 494z", deep)}
${stitch("M210 222L246 210M390 222L354 210", mix(main, "#ffffff", 0.6), 0.7)}`;
}

export function windJacket(tone) {
  const { main, light, dark, deep, pale } = tone;
  return `${sleeves(tone, dark)}${mirrored(line("M168 222C150 282 132 360 120 440", pale, 4, 'opacity=".75"'))}${area(BODY, main)}
${area("M206 178C236 166 264 162 300 162S364 166 394 178L396 216 300 292 204 216z", light)}${area("M204 216L300 292 396 216 397 232 300 310 203 232z", "#f3efe2")}
${area("M408 402L414 494C396 498 378 501 358 503 372 430 384 350 400 240z", dark, 0.45)}
${hood(tone, dark)}${zip(dark, "#f3efe2", 182, 500)}
<rect x="322" y="330" width="58" height="62" rx="6" fill="${dark}" opacity=".55"/>${line("M328 340H374", "#f3efe2", 3)}${area("M340 378l11-18 11 18h-5l-6-9-6 9z", "#f3efe2")}
${line("M222 250c-8 50-4 150-14 230M250 300c0 60-8 120-14 190M270 330c2 60-2 110-4 160M344 420c2 30 8 50 10 70", dark, 2.500, 'opacity=".4"')}
${area("M188 480C260 494 340 494 412 480L414 494C340 508 260 508 186 494z", deep, 0.6)}`;
}

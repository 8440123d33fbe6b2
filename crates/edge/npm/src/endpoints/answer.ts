import type { Stranger } from "../engine.js";
import { json, refuse } from "../json.js";
import type { Random } from "../random.js";
import type { Live } from "../release/loaded.js";

const MAX_BODY_BYTES = 4_096;

/** The reasons for not taking an answer: HTTP status, and the words for people. */
const REFUSALS: Record<Stranger | "unknown-question" | "unknown-answer", [status: number, message: string]> = {
  "unknown-question": [404, "the shop does not ask this question"],
  "unknown-answer": [400, "the question has no such answer"],
  "no-consent": [403, "without consent to personalization nothing is remembered"],
  "no-key": [403, "the shop remembers no answers at present"],
};

/**
 * `POST /.footlight/answer` with `question` and `answer`: into the visitor's profile. From a form, back to the path in
 * `return`.
 */
export async function answer(request: Request, live: Live, random: Random): Promise<Response> {
  if (request.method !== "POST") {
    return refuse(405, "method", "this endpoint answers POST", { allow: "POST" });
  }
  if (!isOwnPage(request)) return refuse(403, "cross-site", "answers are taken from the shop's own pages only");
  const body = await readBody(request);
  if (body === undefined) return refuse(413, "too-long", `an answer has at most ${MAX_BODY_BYTES} bytes`);
  const fields = readFields(request.headers.get("content-type") ?? "", body);
  if (!fields) return refuse(415, "content-type", "send a URL-encoded form or JSON with `question` and `answer`");

  const refusal = take(request, live, random, fields);
  if (refusal) return refuse(REFUSALS[refusal][0], refusal, REFUSALS[refusal][1]);
  const cookie = live.engine.cookie();
  if (fields.back === undefined) return json(JSON.stringify({ taken: true }), { "set-cookie": cookie });
  const headers = { location: localPath(fields.back, request.url), "set-cookie": cookie, "cache-control": "private, no-store" };
  return new Response(null, { status: 303, headers });
}

/** Notes the answer. Why not, if it is not taken. */
function take(request: Request, live: Live, random: Random, fields: Fields): keyof typeof REFUSALS | undefined {
  const { engine } = live;
  const question = engine.notes.questions.findIndex(({ name }) => name === fields.question);
  const answer = engine.notes.questions[question]?.answers.indexOf(fields.answer);
  if (answer === undefined) return "unknown-question";
  if (answer < 0) return "unknown-answer";
  const visitor = engine.recognize(live.pack(request, request.url), Date.now(), random);
  if (typeof visitor === "string") return visitor;
  return engine.answer(question, answer) ? undefined : "unknown-answer";
}

/** Whether a page of this site sent the request; clients that are no browsers say nothing and are believed. */
function isOwnPage(request: Request): boolean {
  const site = request.headers.get("sec-fetch-site");
  if (site !== null && site !== "same-origin") return false;
  const origin = request.headers.get("origin");
  if (origin === null) return true;
  // Compared by host: in front of the worker, TLS may have ended.
  return URL.canParse(origin) && new URL(origin).host === new URL(request.url).host;
}

async function readBody(request: Request): Promise<string | undefined> {
  if (Number(request.headers.get("content-length") ?? 0) > MAX_BODY_BYTES) return undefined;
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of (request.body ?? []) as AsyncIterable<Uint8Array>) {
    length += part.length;
    if (length > MAX_BODY_BYTES) return undefined;
    parts.push(part);
  }
  return new Blob(parts as BlobPart[]).text();
}

interface Fields {
  question: string;
  answer: string;
  /** Where a form wants to go afterwards. */
  back: string | undefined;
}

function readFields(contentType: string, body: string): Fields | undefined {
  const type = contentType.split(";", 1)[0]?.trim().toLowerCase();
  if (type === "application/x-www-form-urlencoded") {
    const form = new URLSearchParams(body);
    return { question: form.get("question") ?? "", answer: form.get("answer") ?? "", back: form.get("return") ?? "/" };
  }
  if (type !== "application/json") return undefined;
  try {
    const { question, answer } = JSON.parse(body) as Record<string, unknown>;
    return typeof question === "string" && typeof answer === "string" ? { question, answer, back: undefined } : undefined;
  } catch {
    return undefined;
  }
}

/** A path of this site, or its home page: a form must not lead elsewhere. */
function localPath(path: string, here: string): string {
  if (!path.startsWith("/") || !URL.canParse(path, here)) return "/";
  const url = new URL(path, here);
  return url.origin === new URL(here).origin ? url.pathname + url.search : "/";
}

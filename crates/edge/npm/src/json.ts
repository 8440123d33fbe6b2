/** Answers of the endpoints: JSON that nobody may keep. */
const HEADERS = {
  "content-type": "application/json; charset=utf-8",
  "cache-control": "private, no-store",
  "x-content-type-options": "nosniff",
};

export function json(body: string, headers: Record<string, string> = {}): Response {
  return new Response(body, { headers: { ...HEADERS, ...headers } });
}

/** A refusal, with a name for programs and a message for people. */
export function refuse(status: number, error: string, message: string, headers: Record<string, string> = {}): Response {
  return new Response(JSON.stringify({ error, message }), { status, headers: { ...HEADERS, ...headers } });
}

import { decodeBase64 } from "../encoding.js";
import { Refusal } from "../refusal.js";
import { verify } from "../signature.js";
import type { Bytes } from "./source.js";

const PAYLOAD_TYPE = "application/vnd.footlight.release+json";
const MOST_CHARACTERS = 65_536;

/**
 * Opens a DSSE envelope (https://github.com/secure-systems-lab/dsse, protocol and envelope) and gives what is in it.
 * Throws a {@link Refusal} unless one of `keys` signed it.
 */
export async function openEnvelope(text: string, keys: readonly Bytes[]): Promise<Bytes> {
  if (text.length > MOST_CHARACTERS) throw new Refusal("too-large");
  const { payloadType, payload, signatures } = parse(text);
  const content = typeof payload === "string" ? decodeBase64(payload) : undefined;
  if (payloadType !== PAYLOAD_TYPE || !content || !Array.isArray(signatures)) throw new Refusal("not-a-release");
  const made = signatures.flatMap(readSignature);
  if (made.length === 0) throw new Refusal("unsigned");
  await verify(made, signedBytes(content), keys);
  return content;
}

function parse(text: string): Record<string, unknown> {
  try {
    // Of anything but an object, all fields are missing.
    return Object(JSON.parse(text)) as Record<string, unknown>;
  } catch {
    throw new Refusal("not-a-release");
  }
}

function readSignature(entry: unknown): { keyId: string; signature: Bytes }[] {
  const { keyid, sig } = Object(entry) as Record<string, unknown>;
  const signature = typeof sig === "string" ? decodeBase64(sig) : undefined;
  return typeof keyid === "string" && signature ? [{ keyId: keyid, signature }] : [];
}

/** What is signed: type and content with their lengths, so that neither can be taken for a part of the other. */
function signedBytes(content: Bytes): Bytes {
  const head = new TextEncoder().encode(`DSSEv1 ${PAYLOAD_TYPE.length} ${PAYLOAD_TYPE} ${content.length} `);
  const bytes = new Uint8Array(head.length + content.length);
  bytes.set(head);
  bytes.set(content, head.length);
  return bytes;
}

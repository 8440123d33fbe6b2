/** The profile cookie's authentication, made here from its description in `crates/core/src/profile/codec.rs` alone. */

const MASK = (1n << 64n) - 1n;
const MAC_BYTES = 16;

/** A genuine cookie, `NAME=VALUE`, whose bytes `change` has changed, authenticated again with `key`, base64url. */
export function remade(cookie, key, change = (bytes) => bytes) {
  const [name, value] = cookie.split("=");
  const bytes = change(Buffer.from(value, "base64url").subarray(0, -MAC_BYTES));
  return `${name}=${Buffer.concat([bytes, siphash(macKey(key), bytes)]).toString("base64url")}`;
}

/** What tells a key apart from others. */
export function keyId(key) {
  return siphash(macKey(key), Buffer.alloc(0))[0];
}

function macKey(key) {
  const bytes = Buffer.from(key, "base64url");
  return siphash(bytes.subarray(0, 16), bytes.subarray(16));
}

/** SipHash-2-4 with a result of 128 bits. */
export function siphash(key, message) {
  const [k0, k1] = [key.readBigUInt64LE(0), key.readBigUInt64LE(8)];
  const v = [k0 ^ 0x736f6d6570736575n, k1 ^ 0x646f72616e646f6dn ^ 0xeen, k0 ^ 0x6c7967656e657261n, k1 ^ 0x7465646279746573n];
  const add = (a, b) => (v[a] = (v[a] + v[b]) & MASK);
  const turn = (a, bits) => (v[a] = ((v[a] << bits) | (v[a] >> (64n - bits))) & MASK);
  const mix = (a, b, bits) => {
    add(a, b);
    turn(b, bits);
    v[b] ^= v[a];
  };
  const rounds = (count) => {
    for (let round = 0; round < count; round += 1) {
      mix(0, 1, 13n);
      turn(0, 32n);
      mix(2, 3, 16n);
      mix(0, 3, 21n);
      mix(2, 1, 17n);
      turn(2, 32n);
    }
  };
  const padded = Buffer.alloc((Math.floor(message.length / 8) + 1) * 8);
  message.copy(padded);
  padded[padded.length - 1] = message.length & 0xff;
  for (let at = 0; at < padded.length; at += 8) {
    const word = padded.readBigUInt64LE(at);
    v[3] ^= word;
    rounds(2);
    v[0] ^= word;
  }
  const hash = Buffer.alloc(16);
  for (const [at, index, mark] of [[0, 2, 0xeen], [8, 1, 0xddn]]) {
    v[index] ^= mark;
    rounds(4);
    hash.writeBigUInt64LE(v[0] ^ v[1] ^ v[2] ^ v[3], at);
  }
  return hash;
}

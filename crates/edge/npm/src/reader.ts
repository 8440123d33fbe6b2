/** Reads what the engine writes: postcard, https://postcard.jamesmunns.com/wire-format. */
export class Reader {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  byte(): number {
    return this.#view.getUint8(this.#at++);
  }

  /** An unsigned number below 2^53. */
  number(): number {
    return Number(this.#varint());
  }

  /** A signed number of 64 bits. */
  signed(): bigint {
    const number = this.#varint();
    return (number >> 1n) ^ -(number & 1n);
  }

  double(): number {
    const number = this.#view.getFloat64(this.#at, true);
    this.#at += 8;
    return number;
  }

  text(): string {
    const length = this.number();
    const text = new TextDecoder().decode(this.#bytes.subarray(this.#at, this.#at + length));
    this.#at += length;
    return text;
  }

  option<T>(read: () => T): T | undefined {
    return this.byte() === 0 ? undefined : read();
  }

  list<T>(read: () => T): T[] {
    return Array.from({ length: this.number() }, read);
  }

  #varint(): bigint {
    let number = 0n;
    for (let shift = 0n; ; shift += 7n) {
      const byte = this.byte();
      number |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return number;
    }
  }
}

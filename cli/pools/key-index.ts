import { hash, randomBytes } from "node:crypto";

/** Slots that may be taken before the index grows: beyond it linear probing gets slow. */
const MAX_LOAD = 0.75;

/**
 * Remembers keys of millions of users, each with one number, in 12 bytes a slot (16 to 24 bytes a key): as JavaScript strings they
 * would take ten times as much. The keys themselves are not kept, only 64 bits of a salted SHA-256.
 *
 * A key that was never put in is found nevertheless with probability size / 2^64: when 1 million users are looked up
 * among 1 million, one of them with a probability of 5e-8; at 40 million on both sides, of 9e-5. The salt is drawn anew
 * for each index, so nobody can choose a name that collides.
 */
export class KeyIndex {
  private readonly salt = randomBytes(16).toString("base64");
  private high: Uint32Array;
  private low: Uint32Array;
  private values: Uint32Array;
  private count = 0;

  /** @param expectedKeys How many keys there will be; an estimate will do, but a good one spares memory while growing. */
  constructor(expectedKeys = 0) {
    const slots = slotsFor(expectedKeys);
    this.high = new Uint32Array(slots);
    this.low = new Uint32Array(slots);
    this.values = new Uint32Array(slots);
  }

  /** Different keys. */
  get size(): number {
    return this.count;
  }

  /** @param value A whole number from 0 to 2^32 - 1; replaces the one before. */
  set(key: string, value: number): void {
    if (this.count + 1 > this.high.length * MAX_LOAD) this.grow();
    const [high, low] = this.hashOf(key);
    const slot = this.slotOf(high, low);
    if (this.isFree(slot)) this.count += 1;
    this.put(slot, high, low, value);
  }

  get(key: string): number | undefined {
    const [high, low] = this.hashOf(key);
    const slot = this.slotOf(high, low);
    return this.isFree(slot) ? undefined : this.values[slot];
  }

  private hashOf(key: string): readonly [high: number, low: number] {
    const digest = hash("sha256", this.salt + key, "buffer");
    const high = digest.readUInt32LE(0);
    const low = digest.readUInt32LE(4);
    // Zero stands for a free slot.
    return high === 0 && low === 0 ? [0, 1] : [high, low];
  }

  /** Where the key is, or the free slot where it belongs. */
  private slotOf(high: number, low: number): number {
    const slots = this.high.length;
    let slot = low % slots;
    while (!this.isFree(slot) && !(this.high[slot] === high && this.low[slot] === low)) slot = (slot + 1) % slots;
    return slot;
  }

  private isFree(slot: number): boolean {
    return this.high[slot] === 0 && this.low[slot] === 0;
  }

  private put(slot: number, high: number, low: number, value: number): void {
    this.high[slot] = high;
    this.low[slot] = low;
    this.values[slot] = value;
  }

  private grow(): void {
    const { high, low, values } = this;
    const slots = slotsFor(this.count * 1.5);
    this.high = new Uint32Array(slots);
    this.low = new Uint32Array(slots);
    this.values = new Uint32Array(slots);
    for (const [slot, first] of high.entries()) {
      const second = low[slot] ?? 0;
      if (first !== 0 || second !== 0) this.put(this.slotOf(first, second), first, second, values[slot] ?? 0);
    }
  }
}

const slotsFor = (keys: number): number => Math.max(1024, Math.ceil(keys / MAX_LOAD) + 1);

/** FNV-1a, 31 bits and never 0: enough to tell the two apart that have come to one key. http://www.isthe.com/chongo/tech/comp/fnv/ */
export function fingerprint(text: string): number {
  let bits = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) bits = Math.imul(bits ^ text.charCodeAt(at), 0x01000193);
  return bits >>> 1 || 1;
}

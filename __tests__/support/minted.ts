import { createHmac } from "node:crypto";
import { mintStamp, type Stamp } from "../../rules/stamp";

export const STAMP_ATTRIBUTE = "custom:migration";
export const STAMP_KEY = "a-key-of-240-bits-or-more-which-only-the-functions-know";
export const DESTINATION_ID = "eu-central-1_Dest0001";

/** When users of these tests were made and stamped. */
export const STAMPED_AT = new Date("2026-03-01T12:00:00Z");

export interface Minting extends Partial<Stamp> {
  readonly key?: string;
  readonly userPoolId?: string;
}

/** The stamp of a user. @param name As the stamp knows the user: what `stampedNames` would say, written by hand. */
export function minted(name: string, { key = STAMP_KEY, userPoolId = DESTINATION_ID, ...stamp }: Minting = {}): string {
  const whole = {
    sourceSub: "old",
    how: "proven",
    issuedAt: STAMPED_AT.getTime() / 1000,
    groups: [],
    ...stamp,
  } as const;
  return mintStamp(createHmac, key, whole, { userPoolId, names: [name] });
}

/** The environment of the migrating function, as far as stamps go. */
export const stampingFunction = { Variables: { STAMP_ATTRIBUTE, STAMP_KEY } } as const;

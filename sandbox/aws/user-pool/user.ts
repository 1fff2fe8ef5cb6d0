import { randomUUID } from "node:crypto";
import type { Attributes } from "./schema";
import type { SeedUser } from "./seed";

/** A user in the store. It is replaced, not changed. */
export interface User {
  readonly username: string;
  /** `sub` among them. */
  readonly attributes: Attributes;
  /** Absent where nobody knows one: then no password is right. */
  readonly password: string | undefined;
  readonly status: string;
  readonly enabled: boolean;
  /** Second factors in use, the preferred one first. */
  readonly mfa: readonly string[];
  readonly created: Date;
  readonly modified: Date;
}

export function userFrom(seed: SeedUser, now: Date): User {
  const created = seed.created ?? now;
  return {
    username: seed.username,
    attributes: seed.attributes["sub"] === undefined ? { sub: randomUUID(), ...seed.attributes } : seed.attributes,
    password: seed.password,
    status: seed.status ?? "CONFIRMED",
    enabled: seed.enabled ?? true,
    mfa: seed.mfaSettings ?? [],
    created,
    modified: created,
  };
}

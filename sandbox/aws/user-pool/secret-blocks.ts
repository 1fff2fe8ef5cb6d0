import { createHmac, randomBytes, randomUUID } from "node:crypto";
import { type AppClient, challengeEnds } from "./app-clients";
import { claimOf, type Exchange, exchange, isClaim, type Verifier, verifierOf } from "./srp";
import type { User } from "./user";

/** A sign-in by SRP between its two steps. */
interface Pending {
  readonly verifier: Verifier;
  readonly exchange: Exchange;
  /** Undefined for nobody, whose challenge looks the same. */
  readonly user: User | undefined;
  readonly clientId: string;
  readonly ends: Date;
}

interface Claim {
  readonly block: string;
  readonly signature: string;
  /** As a server writes it. */
  readonly time: string;
}

/** What a sign-in by SRP needs of one pool between its first step and its second. */
export class SecretBlocks {
  private readonly pending = new Map<string, Pending>();
  private readonly key = randomBytes(32);
  private readonly poolName: string;

  constructor(
    userPoolId: string,
    private readonly now: () => Date,
  ) {
    this.poolName = userPoolId.split("_")[1] ?? "";
  }

  /**
   * The first step.
   *
   * @param user Undefined for nobody: the same name gets the same salt and the same name of a user, a UUID, again.
   *   https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pool-managing-errors.html
   * @returns the challenge's parameters; undefined where `srpA` is no number that a client may send.
   */
  start(srpA: string, typed: string, client: AppClient, user: User | undefined): Record<string, string> | undefined {
    const name = user?.username ?? uuidOf(this.hash(`name ${typed}`));
    // Who has no password, as after an import, gets one that nobody knows.
    const password = user?.password ?? randomUUID();
    const salt = this.hash(user?.password === undefined ? `nobody ${name}` : `salt ${name} ${password}`).slice(0, 32);
    const verifier = verifierOf(this.poolName, name, password, salt);
    const numbers = exchange(srpA, verifier);
    if (numbers === undefined) return undefined;
    const block = randomBytes(720).toString("base64");
    const ends = challengeEnds(client, this.now());
    this.pending.set(block, { verifier, exchange: numbers, user, clientId: client.ClientId, ends });
    return {
      SALT: salt,
      SRP_B: numbers.B.toString(16),
      SECRET_BLOCK: block,
      USERNAME: name,
      USER_ID_FOR_SRP: name,
    };
  }

  /** The second step, once. @returns the user as of the first; undefined where the claim proves nothing. */
  finish({ block, signature, time }: Claim, { ClientId }: AppClient): User | undefined {
    const pending = this.pending.get(block);
    this.pending.delete(block);
    if (pending?.clientId !== ClientId || pending.ends <= this.now()) return undefined;
    const expected = claimOf(pending.exchange, pending.verifier, block, time);
    return isClaim(signature, expected) ? pending.user : undefined;
  }

  private hash(text: string): string {
    return createHmac("sha256", this.key).update(text).digest("hex");
  }
}

/** Version 4, with any of its four variants. */
const uuidOf = (hex: string): string =>
  hex.replace(/^(.{8})(.{4}).(.{3})(.)(.{3})(.{12}).*$/, (_, a, b, c, variant: string, d, e) =>
    [a, b, `4${c}`, `${"89ab"[Number.parseInt(variant, 16) % 4]}${d}`, e].join("-"),
  );

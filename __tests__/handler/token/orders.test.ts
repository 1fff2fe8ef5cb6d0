import { createHmac } from "node:crypto";
import fc from "fast-check";
import { mintStamp, stampedNames } from "../../../rules/stamp";
import { decideToken, type TokenRules } from "../../../rules/token-groups";
import { ATTRIBUTE, NOW, POOL, RULES, STAMP_KEY, tokenEvent } from "../../support/token-event";

/**
 * Orders of what may happen at a destination whose clients may write the stamp's attribute, and read everybody's stamps: the worst that can be. The model
 * knows by its own bookkeeping who has come by a migration and under which name; it never reads a stamp.
 */
type Step =
  | { readonly does: "migrate"; readonly name: number }
  | { readonly does: "signUp"; readonly name: number }
  /** Somebody writes a stamp that was ever made into a profile. */
  | { readonly does: "copy"; readonly stamp: number; readonly user: number }
  | { readonly does: "delete"; readonly user: number }
  | { readonly does: "rename"; readonly user: number; readonly name: number }
  | { readonly does: "wait"; readonly seconds: number };

interface User {
  readonly sub: string;
  name: string;
  stamp: string;
}

const NAMES = ["jane", "joe", "Jane", "jane@example.com", "joe@example.com", "+15550001"];
const groupOf = (name: string): string => `group of ${name}`;

/** A pool of usernames, where a name is for life, and one of addresses, which users may change. */
const POOLS: readonly { readonly rules: TokenRules; readonly mayRename: boolean }[] = [
  { rules: RULES, mayRename: false },
  { rules: { ...RULES, destinationUsernameAttributes: ["email"] }, mayRename: true },
  { rules: { ...RULES, destinationCaseSensitive: false }, mayRename: false },
];

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ does: fc.constant("migrate" as const), name: fc.nat(5) }),
  fc.record({ does: fc.constant("signUp" as const), name: fc.nat(5) }),
  fc.record({ does: fc.constant("copy" as const), stamp: fc.nat(7), user: fc.nat(7) }),
  fc.record({ does: fc.constant("delete" as const), user: fc.nat(7) }),
  fc.record({ does: fc.constant("rename" as const), user: fc.nat(7), name: fc.nat(5) }),
  fc.record({ does: fc.constant("wait" as const), seconds: fc.constantFrom(60, 3600, 90_000) }),
);

/** What the destination has, and what of it is true. */
class World {
  private users: User[] = [];
  private readonly stamps: string[] = [];
  /** When each name last came by a migration, as the pool tells names apart. */
  private readonly migratedAt = new Map<string, number>();
  private now = NOW;
  private made = 0;
  /** How many tokens had groups: a test in which none has proves nothing. */
  given = 0;

  constructor(
    private readonly rules: TokenRules,
    private readonly mayRename: boolean,
  ) {}

  take(next: Step): void {
    if (next.does === "wait") this.now += next.seconds;
    else if (next.does === "copy") this.copy(next.stamp, next.user);
    else if (next.does === "delete") this.users = this.users.filter((_, at) => at !== next.user);
    else if (next.does === "rename") this.rename(next.user, next.name);
    else this.arrive(NAMES[next.name] ?? "", next.does === "migrate");
    for (const user of this.users) this.token(user);
  }

  /** As the pool compares: written by hand, not by the rule. */
  private key(name: string): string {
    return this.rules.destinationCaseSensitive ? name : name.toLowerCase();
  }

  private isTaken(name: string): boolean {
    return this.users.some((user) => this.key(user.name) === this.key(name));
  }

  private arrive(name: string, isMigration: boolean): void {
    if (this.isTaken(name)) return;
    this.made += 1;
    const user = { sub: `sub-${this.made}`, name, stamp: "" };
    this.users.push(user);
    if (!isMigration) return;
    const said = this.attributesOf(user);
    const names = stampedNames({ username: this.usernameOf(user), attributes: said }, this.rules);
    const stamp = {
      sourceSub: `source-${name}`,
      how: "proven",
      issuedAt: this.now,
      groups: [groupOf(this.key(name))],
    } as const;
    user.stamp = mintStamp(createHmac, STAMP_KEY, stamp, { userPoolId: POOL, names });
    this.stamps.push(user.stamp);
    this.migratedAt.set(this.key(name), this.now);
  }

  private copy(stamp: number, user: number): void {
    const [text, to] = [this.stamps[stamp], this.users[user]];
    if (text !== undefined && to !== undefined) to.stamp = text;
  }

  private rename(user: number, to: number): void {
    const [one, name] = [this.users[user], NAMES[to] ?? ""];
    if (this.mayRename && one !== undefined && !this.isTaken(name)) one.name = name;
  }

  private usernameOf({ sub, name }: User): string {
    return this.rules.destinationUsernameAttributes.length > 0 ? sub : name;
  }

  private attributesOf({ sub, name, stamp }: User): Record<string, string> {
    const address = this.rules.destinationUsernameAttributes.length > 0 ? { email: name, email_verified: "true" } : {};
    return { sub, ...address, ...(stamp === "" ? {} : { [ATTRIBUTE]: stamp }) };
  }

  private token(user: User): void {
    const event = tokenEvent(this.attributesOf(user), { userName: this.usernameOf(user) });
    const { answer } = decideToken(event, this.rules, { createHmac, nowSeconds: this.now });
    const { response } = answer as {
      response: { claimsOverrideDetails: { groupOverrideDetails: { groupsToOverride: string[] } } | null };
    };
    const groups = response.claimsOverrideDetails?.groupOverrideDetails.groupsToOverride ?? [];
    const cameAt = this.migratedAt.get(this.key(user.name));
    const window = cameAt !== undefined && this.now < cameAt + this.rules.groupsWindow;
    // Nobody has a group under a name that has not migrated, or not lately; and under one that has, only that name's own.
    expect(groups).toEqual(groups.filter((name) => window && name === groupOf(this.key(user.name))));
    this.given += groups.length;
  }
}

test.each(POOLS)("in whatever order: no name that has not migrated has a group (%#)", ({ rules, mayRename }) => {
  let given = 0;
  fc.assert(
    fc.property(fc.array(step, { minLength: 1, maxLength: 30 }), (steps) => {
      const world = new World(rules, mayRename);
      for (const next of steps) world.take(next);
      given += world.given;
    }),
    { numRuns: Number(process.env["PROPERTY_RUNS"] ?? 500) },
  );
  expect(given).toBeGreaterThan(100);
});

test("what is left: a migrated name that is freed is the same name within the window, and after it no more", () => {
  const { rules } = POOLS[0] ?? { rules: RULES };
  const groupsAfter = (seconds: number): number => {
    const world = new World(rules, false);
    const steps: readonly Step[] = [
      { does: "migrate", name: 0 },
      { does: "delete", user: 0 },
      { does: "signUp", name: 0 },
      { does: "wait", seconds },
    ];
    for (const next of steps) world.take(next);
    const before = world.given;
    world.take({ does: "copy", stamp: 0, user: 0 });
    return world.given - before;
  };
  expect([groupsAfter(60), groupsAfter(90_000)]).toEqual([1, 0]);
});

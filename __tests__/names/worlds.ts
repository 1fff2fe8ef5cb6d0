import fc from "fast-check";
import type { Pair, PoolKind } from "./pool-kinds";

/** Of a user whom somebody wants the source to have; it takes whom it can take. */
export interface Wanted {
  /** The first that the source takes; of no use where it names its users by addresses. */
  readonly usernames: readonly string[];
  readonly email: string | undefined;
  readonly emailVerified: string | undefined;
  readonly phoneNumber: string | undefined;
  readonly phoneNumberVerified: string | undefined;
  readonly preferredUsername: string | undefined;
  readonly state: { readonly status: string; readonly enabled: boolean };
}

/** What somebody does at the destination. `name`: a value, or `sub u1` for what the source calls its second user, `made for u1` for what the program may. */
export type Step =
  | { readonly way: "sign in"; readonly name: string; readonly passwordOf: number | "whoever has that name" }
  | { readonly way: "forgot password"; readonly name: string }
  | { readonly way: "import" };

export interface World {
  readonly source: PoolKind;
  readonly destination: PoolKind;
  /** Whether ATTRIBUTE_MAP lets the destination know each user's `sub` of the source. */
  readonly carriesSub: boolean;
  /** Whether the function knows the destination's aliases: DESTINATION_ALIAS_ATTRIBUTES may be left out. */
  readonly tellsAliases: boolean;
  /** Whether it knows of a destination that takes Jane for jane: DESTINATION_CASE_SENSITIVE, too. */
  readonly tellsCase: boolean;
  readonly users: readonly Wanted[];
  readonly steps: readonly Step[];
  /** Which of their names those type who have not come by then. */
  readonly choice: number;
}

/** So few that users meet: two addresses and two numbers, names that differ by case alone. */
export const EMAILS = ["a@x.de", "A@x.de", "b@x.de"] as const;
export const PHONE_NUMBERS = ["+15550101", "+15550102"] as const;
const WORDS = ["ann", "Ann", "bob"] as const;
export const VALUES: readonly string[] = [...EMAILS, ...PHONE_NUMBERS, ...WORDS];
export const MOST_USERS = 4;

/** As SDKs and people write it; who writes "1" is refused. */
const flag = fc.oneof(
  { weight: 16, arbitrary: fc.constantFrom("true", "false") },
  { weight: 3, arbitrary: fc.constantFrom("True", "TRUE", undefined) },
  { weight: 1, arbitrary: fc.constant("1") },
);
const mostlyTrue = fc.oneof({ weight: 4, arbitrary: fc.constant(true) }, { weight: 1, arbitrary: fc.constant(false) });

const OTHER_STATUSES = ["RESET_REQUIRED", "FORCE_CHANGE_PASSWORD", "UNCONFIRMED", "EXTERNAL_PROVIDER"];
const state = fc.record({
  status: fc.oneof(
    { weight: 9, arbitrary: fc.constant("CONFIRMED") },
    { weight: 1, arbitrary: fc.constantFrom(...OTHER_STATUSES) },
  ),
  enabled: mostlyTrue,
});
const value = fc.constantFrom(...VALUES);
/** Nobody chooses them freely, and somebody may choose another's. */
const made = fc
  .tuple(fc.constantFrom("sub", "made for", "made for", "MADE FOR"), fc.nat(1))
  .map(([kind, index]) => `${kind} u${index}`);
const name = fc.oneof({ weight: 5, arbitrary: value }, { weight: 1, arbitrary: made });
const mostly = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.option(arbitrary, { nil: undefined, freq: 6 });

const wanted: fc.Arbitrary<Wanted> = fc.record({
  usernames: fc.tuple(name, fc.constantFrom(...WORDS)),
  email: mostly(fc.constantFrom(...EMAILS)),
  emailVerified: flag,
  phoneNumber: mostly(fc.constantFrom(...PHONE_NUMBERS)),
  phoneNumberVerified: flag,
  preferredUsername: fc.option(name, { nil: undefined, freq: 2 }),
  state,
});

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      way: fc.constant("sign in" as const),
      name,
      passwordOf: fc.oneof(
        { weight: 9, arbitrary: fc.constant("whoever has that name" as const) },
        { weight: 1, arbitrary: fc.nat(MOST_USERS - 1) },
      ),
    }),
  },
  { weight: 3, arbitrary: fc.record({ way: fc.constant("forgot password" as const), name }) },
  { weight: 3, arbitrary: fc.constant({ way: "import" as const }) },
);

export function worldsOf({ source, destination }: Pair): fc.Arbitrary<World> {
  return fc.record({
    source,
    destination,
    carriesSub: fc.boolean(),
    tellsAliases: mostlyTrue,
    tellsCase: mostlyTrue,
    users: fc.array(wanted, { minLength: 2, maxLength: MOST_USERS }),
    steps: fc.array(step, { minLength: 1, maxLength: 6 }),
    choice: fc.nat(3),
  });
}

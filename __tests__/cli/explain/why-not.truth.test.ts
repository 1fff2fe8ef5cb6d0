import type { FoundUser } from "../../../cli/explain/facts";
import { foretell } from "../../../cli/explain/foretell";
import { nameRows } from "../../../cli/explain/names";
import { addressesToVerify } from "../../../cli/explain/why-not";
import type { PoolRules } from "../../../cli/pools/pool-rules";
import type { AliasAttribute, UsernameAttribute } from "../../../rules/names";
import { factsOf, found, side } from "../../support/explain-facts";
import { schema } from "../../support/schema";

interface Naming {
  readonly instead: readonly UsernameAttribute[];
  readonly aliases: readonly AliasAttribute[];
}
const NAMINGS: readonly Naming[] = [
  { instead: [], aliases: [] },
  { instead: [], aliases: ["email"] },
  { instead: [], aliases: ["email", "phone_number", "preferred_username"] },
  { instead: ["email"], aliases: [] },
  { instead: ["phone_number"], aliases: [] },
  { instead: ["email", "phone_number"], aliases: [] },
];

const EMAIL = "jane@example.com";
const NUMBER = "+15550100";
const MAILS = [{}, { email: EMAIL }, { email: EMAIL, email_verified: "true" }];
const NUMBERS = [{}, { phone_number: NUMBER }, { phone_number: NUMBER, phone_number_verified: "true" }];
const PROFILES: readonly Readonly<Record<string, string>>[] = [
  ...MAILS.flatMap((mail) => NUMBERS.map((number) => ({ ...mail, ...number, preferred_username: "janie" }))),
  { preferred_username: "sub:janie" },
];
const USERNAMES = ["Jane", "other@example.com", "+15550199", "sub:jane"];

const rulesOf = (source: Naming, destination: Naming, more: Partial<PoolRules>): PoolRules =>
  factsOf({
    rules: {
      sourceUsernameAttributes: source.instead,
      sourceAliasAttributes: source.aliases,
      destinationUsernameAttributes: destination.instead,
      destinationAliasAttributes: destination.aliases,
      ...more,
    },
  }).rules;

const VARIANTS: readonly (readonly [string, Partial<PoolRules>])[] = [
  ["CONFIRMED", {}],
  ["RESET_REQUIRED", {}],
  ["CONFIRMED", { attributeExclude: new Set(["email"]) }],
  [
    "CONFIRMED",
    { destinationSchema: schema(["email", "preferred_username", "nickname"], { phone_number: { required: true } }) },
  ],
  ["CONFIRMED", { destinationSchema: schema(["nickname"]) }],
  ["CONFIRMED", { sourceCaseSensitive: true, destinationCaseSensitive: false }],
];

/** Whether the function would let the person come by a name, if the source took it. */
async function comes(name: string, person: FoundUser, rules: PoolRules): Promise<boolean> {
  const { function: fn, ...facts } = factsOf({ name, source: side(person), rules });
  if (fn.kind !== "read") throw new Error(fn.kind);
  return (await foretell({ ...facts, function: fn })).outcome.startsWith("migrated");
}

const ADDRESSES = ["email", "phone_number"] as const;

/** What the source does when it is asked to verify what `explain` says. */
const verifiedNow = (name: string, person: FoundUser, rules: PoolRules): Record<string, string> =>
  Object.fromEntries(
    addressesToVerify(name, person, rules).flatMap((one) => [
      [`${one}_verified`, "true"],
      ...(name.includes("@") === (one === "email") && /[@+]/.test(name) ? [[one, name]] : []),
    ]),
  );

type Judge = (
  reason: string,
  name: string,
  person: FoundUser,
  rules: PoolRules,
  is: string,
) => boolean | Promise<boolean>;

const kindsIn = (reason: string): string[] => reason.replace(/^.* sign in with /, "").split(" or ");

/** What is so when a reason is given. */
const TRUE_WHEN: readonly (readonly [RegExp, Judge])[] = [
  [
    /^the source has not verified it as this user's (email|phone_number)$/,
    (reason, name, { attributes }) =>
      ADDRESSES.filter((one) => reason.endsWith(one)).every(
        (one) =>
          name.includes("@") === (one === "email") &&
          !(attributes[one] === name && attributes[`${one}_verified`] === "true"),
      ),
  ],
  [
    /^the destination requires phone_number, which the source has not verified as this user's$/,
    (_, __, { attributes }) => attributes["phone_number"] === NUMBER && !attributes["phone_number_verified"],
  ],
  [/^it is typed once/, (_, name, person, rules) => comes(name, person, rules)],
  [/lower case/, (_, name, __, { destinationCaseSensitive }) => !destinationCaseSensitive && /[A-Z]/.test(name)],
  [
    /^the source does not take it$/,
    (_, name, { username, attributes }, { sourceUsernameAttributes: instead, sourceAliasAttributes: aliases }) => {
      const isOf = (one: string): boolean =>
        attributes[one] === name && (one === "preferred_username" || attributes[`${one}_verified`] === "true");
      return instead.length > 0
        ? !instead.some((one) => attributes[one] === name)
        : username !== name && !aliases.some(isOf);
    },
  ],
  [/^nobody signs in with it/, (_, __, ___, ____, is) => is === "sub"],
  [
    /^users of the destination sign in with/,
    (reason, _, __, ___, is) => !is.split(" and ").some((one) => kindsIn(reason).includes(one.split(",")[0] ?? "")),
  ],
  [
    /^it stays behind: the destination's schema has no such attribute$/,
    (_, __, ___, { destinationSchema }, is) =>
      !destinationSchema.has(is.split(/,| and /)[0] ?? "") || is.startsWith("username"),
  ],
  [
    /^it stays behind, as ATTRIBUTE_EXCLUDE says$/,
    (_, name, { attributes }, { attributeExclude }) => attributeExclude.has("email") && attributes["email"] === name,
  ],
  [/^names that begin with "sub:" are made by the function$/, (_, name) => name.startsWith("sub:")],
  [/^only a sign-in proves it/, (_, name, person, rules) => comes(name, { ...person, status: "CONFIRMED" }, rules)],
];

test.each(NAMINGS.flatMap((source) => NAMINGS.map((destination) => [source, destination] as const)))(
  "every reason is true of the name: from %j to %j",
  async (source, destination) => {
    const seen = new Set<string>();
    const untrue: object[] = [];
    for (const [status, more] of VARIANTS)
      for (const attributes of PROFILES)
        for (const username of source.instead.length > 0 ? ["u-1"] : USERNAMES) {
          const sub = source.instead.length > 0 ? username : "s-1";
          const person = found(username, { status, attributes: { sub, ...attributes } });
          const rules = rulesOf(source, destination, more);
          for (const { name, is, because } of nameRows(sub, person, undefined, rules)) {
            if (because === undefined || is === "none at the source") continue;
            const [, judge] = TRUE_WHEN.find(([reason]) => reason.test(because)) ?? [];
            if (!(await judge?.(because, name, person, rules, is)))
              untrue.push({ name, is, because, status, username, attributes, more });
            seen.add(because);
            const after = { ...person, attributes: { ...person.attributes, ...verifiedNow(name, person, rules) } };
            if (after.attributes !== person.attributes && addressesToVerify(name, person, rules).length > 0)
              if (!(await comes(name, after, rules)))
                untrue.push({ name, because, advice: "verify", attributes, more });
          }
        }
    expect(untrue).toEqual([]);
    expect(seen.size).toBeGreaterThan(1);
  },
);

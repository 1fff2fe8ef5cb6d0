import type { AliasAttributeType, UserPoolType } from "@aws-sdk/client-cognito-identity-provider";
import type { Finding } from "../../../cli/preflight/check";
import type { NameCounts } from "../../../cli/preflight/scan";
import { SIGN_IN_NAME_CHECKS } from "../../../cli/preflight/sign-in-name-checks";
import { attribute, schema } from "../../support/preflight";
import {
  decide,
  facts,
  given,
  nameCounts,
  type Row,
  range,
  scan,
  testFindings,
  withVariable,
} from "../../support/preflight-findings";

const { source, destination } = facts;

function withoutUsernameAttributes({ UsernameAttributes: _, ...pool }: UserPoolType): UserPoolType {
  return pool;
}

function withAliases(pool: UserPoolType, AliasAttributes: AliasAttributeType[]): UserPoolType {
  return { ...withoutUsernameAttributes(pool), AliasAttributes };
}

const insensitive = (pool: UserPoolType): UserPoolType => ({
  ...pool,
  UsernameConfiguration: { CaseSensitive: false },
});
const BY_ALIAS = { DESTINATION_USERNAME_ATTRIBUTES: "none", DESTINATION_ALIAS_ATTRIBUTES: "email" };
const FOLDING = {
  destination: insensitive(destination),
  ...withVariable({ DESTINATION_CASE_SENSITIVE: "false" }),
};
const WITH_USERNAMES = { source: withoutUsernameAttributes(source), sourceClients: [] };

const ROWS: readonly Row[] = [
  [
    "pools without a common name",
    "sign-in-names",
    "failed",
    {
      source: {
        ...source,
        UsernameAttributes: ["phone_number"],
        SchemaAttributes: schema(attribute("custom:tier")).map((one) => ({ ...one, Required: true })),
      },
    },
    {},
    /No name works at both/,
  ],
  [
    "users of whom none has a name that works",
    "sign-in-names",
    "failed",
    WITH_USERNAMES,
    {
      scan: { ...scan, attributes: new Map([["email", range]]), names: nameCounts({ byEveryName: 0, byNoName: 100 }) },
    },
    /0 can come by every name .* 0 by some of their names, 100 by none/,
  ],
  [
    "usernames that may be e-mail addresses, to a pool of e-mail addresses",
    "sign-in-names",
    "warning",
    WITH_USERNAMES,
    {},
    /from now on: username \(only one that is the user's own verified e-mail address\)/,
  ],
  [
    "addresses that need proof where they are aliases",
    "sign-in-names",
    "warning",
    { destination: withAliases(destination, ["email"]), ...withVariable(BY_ALIAS) },
    given({ DESTINATION_ALIAS_ATTRIBUTES: "email" }),
    /from now on: email \(once verified at the source\)/,
  ],
  [
    "aliases that nobody has said",
    "alias-setting",
    "failed",
    {
      destination: withAliases(destination, ["preferred_username"]),
      ...withVariable({ DESTINATION_USERNAME_ATTRIBUTES: "none" }),
      source: withoutUsernameAttributes(source),
    },
    {},
    /says nothing, the destination has preferred_username/,
  ],
  [
    "aliases that the pool does not have",
    "alias-setting",
    "failed",
    withVariable({ DESTINATION_ALIAS_ATTRIBUTES: "email" }),
    given({ DESTINATION_ALIAS_ATTRIBUTES: "email" }),
    /says email, the destination has none/,
  ],
  [
    "a preferred_username that is taken for an alias, since nobody says that there is none",
    "alias-setting",
    "warning",
    {
      source: withoutUsernameAttributes(source),
      destination: withoutUsernameAttributes(destination),
      ...withVariable({ DESTINATION_USERNAME_ATTRIBUTES: "none" }),
    },
    {},
    /preferred_username stays behind/,
  ],
  [
    "another case sensitivity than the setting's",
    "case-setting",
    "failed",
    { destination: insensitive(destination), source: insensitive(source) },
    {},
    /says true, the destination false/,
  ],
  [
    "a source that minds less",
    "letter-case",
    "warning",
    { source: insensitive(source) },
    {},
    /every sign-in must be typed as the source has the name, in lower case/,
  ],
  [
    "names that may have capitals",
    "letter-case",
    "warning",
    FOLDING,
    given({ DESTINATION_CASE_SENSITIVE: "false" }),
    /The source tells Name from name/,
  ],
  [
    "names that collide",
    "case-collisions",
    "failed",
    FOLDING,
    {
      ...given({ DESTINATION_CASE_SENSITIVE: "false" }),
      scan: { ...scan, attributes: new Map([["email", range]]), names: nameCounts({ collisions: 2 }) },
    },
    /2 names are used by more than one user/,
  ],
  [
    "an address that several have verified",
    "shared-addresses",
    "warning",
    {
      source: withoutUsernameAttributes(source),
      destination: withAliases(destination, ["phone_number"]),
      ...withVariable({ DESTINATION_USERNAME_ATTRIBUTES: "none", DESTINATION_ALIAS_ATTRIBUTES: "phone_number" }),
      sourceClients: [],
    },
    {
      ...given({ DESTINATION_ALIAS_ATTRIBUTES: "phone_number" }),
      scan: {
        ...scan,
        attributes: new Map([["email", range]]),
        names: nameCounts({ shared: new Map([["phone_number", 3]]) }),
      },
    },
    /Verified for more than one user of the source: phone_number \(3 values\)/,
  ],
];

testFindings(SIGN_IN_NAME_CHECKS, ROWS);

interface Kind {
  readonly UsernameAttributes?: UserPoolType["UsernameAttributes"];
  readonly AliasAttributes?: UserPoolType["AliasAttributes"];
  readonly UsernameConfiguration?: UserPoolType["UsernameConfiguration"];
}

const EVERY_ALIAS: Kind = { AliasAttributes: ["email", "phone_number", "preferred_username"] };
const EMAIL: Kind = { UsernameAttributes: ["email"] };
const NUMBER: Kind = { UsernameAttributes: ["phone_number"] };
const BOTH: Kind = { UsernameAttributes: ["email", "phone_number"] };
const USERNAMES: Kind = {};

/** What a check says of two pools of these kinds. */
function said(
  id: string,
  from: Kind,
  to: Kind,
  names?: Partial<NameCounts>,
  environment: Record<string, string> = {},
): Finding | undefined {
  const changed = {
    source: { ...withoutUsernameAttributes(source), ...from },
    destination: { ...withoutUsernameAttributes(destination), ...to },
  };
  const read = names === undefined ? undefined : { ...scan, names: nameCounts(names) };
  const results = decide(changed, { ...given(environment), scan: read });
  return results.find(({ check }) => check.id === id)?.finding;
}

describe("sign-in-names", () => {
  test("of two pools that sign in alike there is nothing to say", () => {
    expect(said("sign-in-names", BOTH, BOTH)).toEqual({
      state: "passed",
      found:
        "The destination takes email and phone_number, the source email and phone_number. Names that work from now on: email and phone_number.",
    });
  });

  test("from addresses to usernames everybody comes under the address", () => {
    expect(said("sign-in-names", NUMBER, USERNAMES)).toMatchObject({
      state: "passed",
      found: expect.stringMatching(/work from now on: phone_number\.$/),
    });
  });

  test("names that the destination does not have stop working, and users must be told", () => {
    expect(said("sign-in-names", EVERY_ALIAS, USERNAMES)).toEqual({
      state: "warning",
      found:
        "The destination takes username, the source username, email, phone_number and preferred_username. Names that work " +
        "from now on: username. Names that stop working: email, phone_number and preferred_username.",
      remedy: "Tell users to sign in with username from now on. --scan-users counts them.",
    });
  });

  test("whoever lacks the one address that is left cannot come", () => {
    expect(said("sign-in-names", BOTH, EMAIL)).toMatchObject({
      state: "warning",
      found: expect.stringContaining("Names that stop working: phone_number."),
    });
  });

  test("what needs proof is said beside what stops, and what is new", () => {
    expect(said("sign-in-names", BOTH, { AliasAttributes: ["email"] })).toMatchObject({
      found: expect.stringMatching(/from now on: email \(once verified at the source\) and phone_number\.$/),
      remedy: expect.stringContaining("Verify email at the source"),
    });
    expect(said("sign-in-names", EMAIL, EVERY_ALIAS)).toMatchObject({
      state: "warning",
      found: expect.stringMatching(
        /email \(once verified at the source\)\. New once a user has come: phone_number, where the source has verified it\.$/,
      ),
      remedy: expect.stringContaining("Verify email at the source"),
    });
  });

  test("usernames of the shape of an alias", () => {
    expect(said("sign-in-names", USERNAMES, EVERY_ALIAS)).toMatchObject({
      state: "warning",
      found: expect.stringContaining(
        "username (one that looks like an e-mail address or a phone number only if it is the user's own, verified)",
      ),
    });
    const excluded = said("sign-in-names", USERNAMES, EVERY_ALIAS, undefined, {
      ATTRIBUTE_EXCLUDE: "phone_number,email",
    });
    expect(excluded).toMatchObject({
      found: expect.stringContaining("username (but none that looks like an e-mail address or a phone number)"),
      remedy: expect.stringContaining("Take email and phone_number out of ATTRIBUTE_EXCLUDE"),
    });
  });

  test("a preferred_username must be typed first", () => {
    const finding = said("sign-in-names", EVERY_ALIAS, EVERY_ALIAS);
    expect(finding).toMatchObject({
      found: expect.stringContaining("preferred_username (until its user comes by another name)"),
      remedy: expect.stringContaining("type it at their first sign-in"),
    });
    expect(said("sign-in-names", EVERY_ALIAS, EVERY_ALIAS, { typedFirst: 4 })).toMatchObject({
      state: "warning",
      found: expect.stringContaining("Lost unless it is typed first: preferred_username (4 users)."),
    });
  });

  test("the second of two addresses, where the first becomes the username", () => {
    expect(said("sign-in-names", BOTH, USERNAMES)).toMatchObject({
      state: "warning",
      found: expect.stringContaining("email and phone_number (of users without e-mail address)."),
      remedy: expect.stringContaining("Tell users to sign in with email from now on."),
    });
  });

  test("an address that the destination requires as a name", () => {
    const SchemaAttributes = schema(attribute("phone_number", { Required: true }));
    expect(said("sign-in-names", EMAIL, { ...BOTH, SchemaAttributes } as Kind)).toMatchObject({
      state: "warning",
      found: expect.stringContaining(
        "The destination requires phone_number: users who have it unverified are refused.",
      ),
      remedy: expect.stringContaining("Verify phone_number at the source"),
    });
  });

  test("users who were read decide: all of them can come by every name", () => {
    expect(said("sign-in-names", USERNAMES, EMAIL, {})).toMatchObject({
      state: "passed",
      found: expect.stringMatching(/All of 100 users .* can come by every name that works for them now\.$/),
    });
  });

  test("or some, with the names that they lose", () => {
    const losing = { byEveryName: 60, byNoName: 10, losing: new Map([["username", 1]] as const) };
    expect(said("sign-in-names", USERNAMES, EMAIL, losing)).toMatchObject({
      state: "warning",
      found: expect.stringMatching(
        /60 can come .* 30 by some of their names, 10 by none\. Names lost: username \(1 user\)\.$/,
      ),
    });
  });

  test("a source in which nobody signs in fails nothing", () => {
    expect(said("sign-in-names", USERNAMES, EMAIL, { users: 0, byEveryName: 0 })).toMatchObject({ state: "passed" });
  });

  test("names with capitals lead to the check that is about them", () => {
    const capitals = { byEveryName: 93, byNoName: 7, mixedCase: 7 };
    const folding = { UsernameConfiguration: { CaseSensitive: false } };
    expect(said("sign-in-names", USERNAMES, folding, capitals)).toMatchObject({
      state: "warning",
      remedy: "See letter-case for the names with a capital letter.",
    });
    expect(said("letter-case", USERNAMES, folding, capitals)).toMatchObject({
      state: "warning",
      found:
        "7 of 100 users have a capital letter in a name; the source will not know them by that name in lower case.",
    });
    expect(said("letter-case", USERNAMES, folding, {})).toMatchObject({ state: "passed" });
  });
});

test.each<[string, Kind, Kind]>([
  ["numbers", NUMBER, BOTH],
  ["numbers, of those that work", BOTH, NUMBER],
])("names without letters need no case: %s", (_, from, to) => {
  const folding = { UsernameConfiguration: { CaseSensitive: false } };
  const finding = { state: "passed", found: "The names that work on both sides have no letters." };
  expect(said("letter-case", from, { ...to, ...folding })).toEqual(finding);
  expect(said("letter-case", { ...from, ...folding }, to)).toEqual(finding);
});

describe("alias-setting", () => {
  const preferred = (count: number) => ({
    ...scan,
    attributes: new Map([["preferred_username", { ...range, count }]]),
  });
  const pools = { source: withoutUsernameAttributes(source), destination: withoutUsernameAttributes(destination) };
  const state = (environment: Record<string, string>, read = preferred(3)) =>
    decide(pools, { ...given(environment), scan: read }).find(({ check }) => check.id === "alias-setting")?.finding
      .state;

  test("minds a preferred_username that is left behind, where somebody has one and a rule does not leave it", () => {
    expect(state({})).toBe("warning");
    expect(state({}, { ...scan, attributes: new Map() })).toBe("passed");
    expect(state({ ATTRIBUTE_EXCLUDE: "preferred_username" })).toBe("passed");
    expect(state({ DESTINATION_ALIAS_ATTRIBUTES: "none" })).toBe("passed");
    expect(state({ ATTRIBUTE_MAP: "preferred_username=nickname" })).toBe("passed");
  });
});

describe("shared-addresses", () => {
  const shared = { shared: new Map([["email", 1]] as const) };

  test("names the rule with which all of them come, beside those that there are", () => {
    const finding = said("shared-addresses", USERNAMES, EVERY_ALIAS, shared, { ATTRIBUTE_EXCLUDE: "nickname" });
    expect(finding).toMatchObject({
      state: "warning",
      found: "Verified for more than one user of the source: email (1 value).",
      remedy: expect.stringContaining("With ATTRIBUTE_EXCLUDE=nickname,email all of them come"),
    });
  });

  test("names none where it would leave no name", () => {
    expect(said("shared-addresses", USERNAMES, EMAIL, shared)).toMatchObject({
      remedy: "Leave each email to one user at the source: there is no other name for the others to come by.",
    });
  });

  test("has nothing to count where the source gives an address to one user, or it is no name", () => {
    for (const [from, to] of [
      [EMAIL, EMAIL],
      [EVERY_ALIAS, EVERY_ALIAS],
      [USERNAMES, USERNAMES],
    ] as const)
      expect(said("shared-addresses", from, to)).toMatchObject({
        state: "passed",
        found: expect.stringMatching(/itself/),
      });
    expect(said("shared-addresses", USERNAMES, EMAIL, undefined, { ATTRIBUTE_EXCLUDE: "email" })).toMatchObject({
      state: "passed",
    });
  });

  test("is skipped while nobody has read the users, and passes when none do", () => {
    expect(said("shared-addresses", USERNAMES, EVERY_ALIAS)).toMatchObject({ state: "skipped" });
    expect(said("shared-addresses", USERNAMES, EVERY_ALIAS, {})).toMatchObject({ state: "passed" });
  });
});

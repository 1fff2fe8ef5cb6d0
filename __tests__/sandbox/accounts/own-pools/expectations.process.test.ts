import type { UserPoolType } from "@aws-sdk/client-cognito-identity-provider";
import { openWorld, type PaperWorld, settingsOf } from "../../../../sandbox/accounts/from-synth";
import { parseDescribedPool, poolOf } from "../../../../sandbox/accounts/own-pools/described-pool";
import { type Expectation, expected, type ShownUser } from "../../../../sandbox/accounts/own-pools/expectation";
import { headlineOf, noteOfLacking } from "../../../../sandbox/accounts/own-pools/of-the-pair";
import { type Person, peopleFor } from "../../../../sandbox/accounts/own-pools/people-for";
import { peopleOf } from "../../../../sandbox/accounts/people";
import type { EmptyPool } from "../../../../sandbox/aws/user-pool/seed";
import { describedPool, required, SMS, text } from "../../../support/described-pools";
import { ROOT } from "../../../support/program";

type Over = Partial<UserPoolType>;

interface Shape {
  readonly title: string;
  readonly source: Over;
  readonly destination: Over;
  readonly settings?: Readonly<Record<string, string>>;
  readonly ids?: { readonly source: string; readonly destination: string; readonly account: string };
  /** How many come, and how many of them must set a new password. */
  readonly come: number;
  readonly reset: number;
  /** What is said before all else; nothing unless given. */
  readonly headline?: RegExp;
  /** What the destination requires and some of the users lack. */
  readonly lacking?: string;
}

const BOTH: Over = { UsernameAttributes: ["email", "phone_number"] };
const PHONE: Over = { UsernameAttributes: ["phone_number"], AutoVerifiedAttributes: ["phone_number"] };
const EMAIL: Over = { UsernameAttributes: ["email"], SchemaAttributes: [required("email")] };
const ALIASES: Over = { AliasAttributes: ["email", "phone_number", "preferred_username"] };

const SHAPES: readonly Shape[] = [
  { title: "e-mail to e-mail", source: EMAIL, destination: EMAIL, come: 5, reset: 2 },
  { title: "e-mail to usernames", source: EMAIL, destination: {}, come: 5, reset: 2 },
  { title: "e-mail to e-mail and phone numbers", source: EMAIL, destination: BOTH, come: 5, reset: 2 },
  { title: "phone numbers to usernames", source: PHONE, destination: {}, come: 6, reset: 2 },
  {
    title: "phone numbers to phone numbers, a required name",
    source: PHONE,
    destination: { ...PHONE, SchemaAttributes: [required("given_name")] },
    come: 7,
    reset: 2,
    lacking: "given_name",
  },
  { title: "both to e-mail", source: BOTH, destination: EMAIL, come: 4, reset: 2 },
  {
    title: "usernames to e-mail",
    source: {},
    destination: EMAIL,
    come: 1,
    reset: 0,
    headline: /^Most users cannot come .* username \(only one that is the user's own verified e-mail address\)/,
  },
  {
    title: "usernames to phone numbers",
    source: {},
    destination: PHONE,
    come: 1,
    reset: 0,
    headline: /^Most users cannot come .* username \(only one that is the user's own verified phone number\)/,
  },
  {
    title: "e-mail to phone numbers",
    source: EMAIL,
    destination: PHONE,
    come: 0,
    reset: 0,
    headline:
      /^Users cannot come .* No name works at both\. .* Use a destination pool with one of the source's names\.$/,
  },
  {
    title: "phone numbers to aliases, an e-mail address required",
    source: PHONE,
    destination: { ...ALIASES, SchemaAttributes: [required("email")] },
    come: 5,
    reset: 2,
    lacking: "email",
  },
  { title: "usernames with aliases to e-mail", source: ALIASES, destination: EMAIL, come: 4, reset: 2 },
  { title: "usernames with aliases to the same", source: ALIASES, destination: ALIASES, come: 5, reset: 2 },
  {
    title: "usernames of any letters to small ones",
    source: { UsernameConfiguration: { CaseSensitive: true } },
    destination: {},
    come: 5,
    reset: 2,
  },
  {
    title: "longer values, and a required one of them",
    source: { ...EMAIL, SchemaAttributes: [text("custom:tier", 256), text("custom:note", 2048)] },
    destination: { ...EMAIL, SchemaAttributes: [required("custom:tier", 5), text("custom:note", 5)] },
    come: 6,
    reset: 2,
    lacking: "custom:tier",
  },
  {
    title: "a second factor for everybody, MFA_POLICY=sms",
    source: { ...EMAIL, MfaConfiguration: "ON", SmsConfiguration: SMS },
    destination: { ...EMAIL, MfaConfiguration: "OPTIONAL", SmsConfiguration: SMS },
    settings: { MFA_POLICY: "sms" },
    come: 4,
    reset: 2,
  },
  {
    title: "a second factor for everybody, MFA_POLICY=reject",
    source: { ...EMAIL, MfaConfiguration: "ON" },
    destination: EMAIL,
    come: 0,
    reset: 0,
    headline: /^Users cannot come .* MFA is ON at the source and MFA_POLICY=reject: everyone will be refused\./,
  },
  {
    title: "a second factor for who wants one, MFA_POLICY=allow",
    source: { ...EMAIL, MfaConfiguration: "OPTIONAL", SmsConfiguration: SMS },
    destination: EMAIL,
    settings: { MFA_POLICY: "allow" },
    come: 7,
    reset: 2,
  },
  {
    title: "another partition, long passwords, all kinds of required values, UNPROVEN_PASSWORD=refuse",
    source: {
      ...EMAIL,
      Policies: { PasswordPolicy: { MinimumLength: 99, RequireSymbols: true } },
      SchemaAttributes: [
        required("birthdate", 10),
        required("preferred_username"),
        {
          Name: "updated_at",
          AttributeDataType: "Number",
          Required: true,
          NumberAttributeConstraints: { MinValue: "0" },
        },
        { Name: "custom:born", AttributeDataType: "DateTime" },
        {
          Name: "custom:age",
          AttributeDataType: "Number",
          NumberAttributeConstraints: { MinValue: "18", MaxValue: "99" },
        },
        { Name: "custom:member", AttributeDataType: "Boolean" },
        text("custom:code", 8, { StringAttributeConstraints: { MinLength: "8", MaxLength: "8" } }),
        text("dev:custom:rank", 8, { DeveloperOnlyAttribute: true }),
      ],
    },
    destination: ALIASES,
    settings: { UNPROVEN_PASSWORD: "refuse" },
    ids: { source: "us-gov-west-1_AAAAAAAAA", destination: "us-gov-east-1_BBBBBBBBB", account: "444444444444" },
    come: 2,
    reset: 0,
  },
  {
    title: "two pools of one account and Region",
    source: EMAIL,
    destination: EMAIL,
    ids: { source: "eu-west-1_AAAAAAAAA", destination: "eu-west-1_BBBBBBBBB", account: "333333333333" },
    come: 5,
    reset: 2,
  },
];

const IDS = { source: "eu-west-1_AAAAAAAAA", destination: "us-east-1_BBBBBBBBB", account: "444444444444" };

function pool(place: Parameters<typeof describedPool>[0], over: Over): EmptyPool {
  const parsed = parseDescribedPool(Buffer.from(JSON.stringify(describedPool(place, over))));
  if ("problems" in parsed) throw new Error(parsed.problems.join("\n"));
  return poolOf(parsed.pool);
}

/** What an application sees, and what is printed of it before. */
const SEEN = {
  tokens: "signs in",
  PasswordResetRequiredException: "must set a new password",
  NotAuthorizedException: "refused",
} as const;

describe.each(SHAPES)("$title", ({ source, destination, settings = {}, ids = IDS, come, reset, headline, lacking }) => {
  const pools = {
    source: pool({ id: ids.source }, source),
    destination: pool({ id: ids.destination, account: ids.account }, destination),
  };
  const people: readonly Person[] = peopleFor(pools.source, pools.destination);
  let world: PaperWorld;
  let expectations: readonly Expectation[];
  let shown: readonly ShownUser[];
  const seen: string[] = [];

  beforeAll(async () => {
    const all = { ...settingsOf(pools.source, pools.destination), ...settings };
    world = await openWorld({ root: ROOT, users: people.map(({ user }) => user), pools, settings: all });
    expectations = await Promise.all(people.map((person) => expected(world, person)));
    shown = expectations.map(({ user }) => user);
    for (const { username, password = "Aa1-of-nobody" } of shown)
      seen.push(await peopleOf(world.destination).signIn(username, password));
  });
  afterAll(() => world?.close());

  test("each user sees what is printed", () => {
    const printed = shown.map(({ username, expect: text }) => `${username} ${text.split(/[:;]/)[0]?.slice(0, 23)}`);
    const happened = shown.map(({ username }, at) => `${username} ${SEEN[seen[at] as keyof typeof SEEN] ?? seen[at]}`);
    expect(
      printed.map((line, at) => line.startsWith(happened[at] ?? "nothing") || `${line} | ${happened[at]}`),
    ).toEqual(printed.map(() => true));
  });

  test("where no ordinary user comes, the screen begins with why", () => {
    expect(headlineOf(world, expectations) ?? "").toMatch(headline ?? /^$/);
  });

  test("what the destination requires and somebody lacks is named, and only that", () => {
    expect(noteOfLacking(expectations)).toEqual(
      lacking === undefined ? [] : [expect.stringContaining(`the destination requires ${lacking}. `)],
    );
  });

  test("as many come as the pools let come", () => {
    const made = seen.filter((one) => one !== "NotAuthorizedException");
    expect([made.length, made.filter((one) => one === "PasswordResetRequiredException").length]).toEqual([come, reset]);
    expect(world.destination.userPool.users.size).toBe(come);
  });

  test("what is said to stay behind does", () => {
    for (const { username, expect: text } of shown)
      for (const [, name = ""] of text.matchAll(/(\S+) stays behind \(/g))
        expect([username, Object.keys(world.destination.userPool.users.find(username)?.attributes ?? {})]).not.toEqual([
          username,
          expect.arrayContaining([name]),
        ]);
  });
});

import { randomUUID } from "node:crypto";
import { newPassword } from "../../aws/user-pool/passwords";
import { type Attributes, conform } from "../../aws/user-pool/schema";
import { type EmptyPool, namingOf, type SeedUser, schemaOf } from "../../aws/user-pool/seed";
import type { Naming } from "../../aws/user-pool/user-names";
import { longerThan, valueFor } from "./sample-values";

/** Somebody at the source for one way in which a migration goes. */
export interface Person {
  /** Which way this is, in a word. */
  readonly standsFor: string;
  readonly user: SeedUser & { readonly password: string };
  /** Why the source knows nobody of that name and password, where it does not. */
  readonly whyUnknown?: string;
}

interface More extends Omit<Partial<SeedUser>, "attributes"> {
  readonly attributes?: Attributes;
  /** Attributes that this user does not have; an address goes with its flag. */
  readonly without?: readonly string[];
  readonly whyUnknown?: string;
}

const UNVERIFIED: Attributes = { email_verified: "false", phone_number_verified: "false" };

/**
 * Users that the source could have, one for each outcome that these two pools can come to. Each is whole by the source's own schema;
 * whoever cannot be is left out.
 */
export function peopleFor(source: EmptyPool, destination: EmptyPool): readonly Person[] {
  const people = Object.entries(wanted(source, destination)).map(([name, more], at) =>
    person(source, destination, name, at, more),
  );
  return people.filter(({ user }) => isTaken(source, user));
}

function wanted(source: EmptyPool, destination: EmptyPool): Readonly<Record<string, More>> {
  const [from, to] = [namingOf(source), namingOf(destination)];
  const tooLong = longerThan(schemaOf(source), schemaOf(destination));
  return {
    ordinary: { attributes: customValues(source) },
    unverified: { attributes: UNVERIFIED },
    disabled: { enabled: false },
    unconfirmed: { status: "UNCONFIRMED" },
    ...secondFactors(source),
    federated: { status: "EXTERNAL_PROVIDER", whyUnknown: "has no password at the source" },
    unreachable: { status: "RESET_REQUIRED", attributes: UNVERIFIED },
    "reset-required": { status: "RESET_REQUIRED" },
    temporary: { status: "FORCE_CHANGE_PASSWORD" },
    ...(!from.usernameAttributes.includes("phone_number") && {
      "borrowed-number": { attributes: { phone_number: numberOf(0), phone_number_verified: "false" } },
    }),
    // As admin-create-user and admin-set-user-password make one: of the address only the name is left, and nothing is verified.
    ...(from.usernameAttributes.includes("phone_number") && {
      "number-alone": { without: ["email"] },
      "number-unverified": { without: ["email", "phone_number_verified"] },
    }),
    ...ownAddress(from, to),
    ...lacksRequired(source, destination),
    ...(tooLong !== undefined && { "long-value": { attributes: tooLong } }),
    ...(from.caseSensitive &&
      !to.caseSensitive && {
        "Capital-Letters": {
          whyUnknown: "the destination asks for the name in small letters, and the source has it with capitals",
        },
      }),
  };
}

/** Where the destination signs in with addresses and the source with usernames: an address that is chosen for a username, and the user's own. */
function ownAddress(from: Naming, to: Naming): Readonly<Record<string, More>> {
  const [attribute] = to.usernameAttributes;
  if (from.usernameAttributes.length > 0 || attribute === undefined || from.aliasAttributes.includes(attribute))
    return {};
  const username = attribute === "email" ? "own-address@example.com" : numberOf(99);
  return { "own-address": { username, attributes: { [attribute]: username } } };
}

/** Where the destination requires what a user of the source need not have. */
function lacksRequired(source: EmptyPool, destination: EmptyPool): Readonly<Record<string, More>> {
  const { usernameAttributes } = namingOf(source);
  const optional = schemaOf(source).filter(
    ({ Name, Required }) => Required !== true && !usernameAttributes.includes(Name),
  );
  const without = requiredBy(destination).filter((name) => optional.some(({ Name }) => Name === name));
  return without.length === 0 ? {} : { "lacks-required": { without } };
}

const requiredBy = (pool: EmptyPool): readonly string[] =>
  schemaOf(pool).flatMap(({ Name, Required }) => (Required === true && Name !== "sub" ? [Name] : []));

const numberOf = (at: number): string => `+1555555${String(100 + at).padStart(4, "0")}`;

function person(
  source: EmptyPool,
  destination: EmptyPool,
  name: string,
  at: number,
  { whyUnknown, attributes, without = [], ...more }: More,
): Person {
  const sub = randomUUID();
  const names = [...requiredBy(source), ...requiredBy(destination)];
  const demanded = schemaOf(source).filter(({ Name }) => names.includes(Name));
  const all = {
    ...Object.fromEntries(demanded.map((one) => [one.Name, valueFor(one)])),
    ...(demanded.some((one) => one.Name === "preferred_username") && { preferred_username: `${name}-preferred` }),
    sub,
    email: `${name}@example.com`,
    email_verified: "true",
    phone_number: numberOf(at),
    phone_number_verified: "true",
    ...attributes,
  };
  const user = {
    username: namingOf(source).usernameAttributes.length > 0 ? sub : name,
    password: newPassword(source.settings),
    mfaSettings: source.settings?.MfaConfiguration === "ON" ? factorsOf(source).slice(0, 1) : [],
    ...more,
    attributes: Object.fromEntries(
      Object.entries(all).filter(([one]) => !without.some((gone) => [gone, `${gone}_verified`].includes(one))),
    ),
  };
  return { user, standsFor: name, ...(whyUnknown !== undefined && { whyUnknown }) };
}

/** DescribeUserPool tells of text messages alone. */
const factorsOf = ({ settings }: EmptyPool): readonly string[] => [
  ...(settings?.SmsConfiguration === undefined ? [] : ["SMS_MFA"]),
  "SOFTWARE_TOKEN_MFA",
];

function secondFactors(source: EmptyPool): Readonly<Record<string, More>> {
  if (source.settings?.MfaConfiguration === "OFF") return {};
  const names: Readonly<Record<string, string>> = { SMS_MFA: "sms-mfa", SOFTWARE_TOKEN_MFA: "authenticator-app" };
  return Object.fromEntries(factorsOf(source).map((factor) => [names[factor], { mfaSettings: [factor] }]));
}

/** A value for each custom attribute that applications can write. */
function customValues(source: EmptyPool): Attributes {
  const custom = schemaOf(source).filter(({ Name }) => Name.startsWith("custom:"));
  return Object.fromEntries(custom.map((one) => [one.Name, valueFor(one)]));
}

function isTaken(source: EmptyPool, { attributes: { sub: _, ...attributes } }: SeedUser): boolean {
  try {
    conform(schemaOf(source), attributes, "create");
    return true;
  } catch {
    return false;
  }
}

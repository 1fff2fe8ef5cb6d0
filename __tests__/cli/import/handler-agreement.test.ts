import type { UserPoolType } from "@aws-sdk/client-cognito-identity-provider";
import fc from "fast-check";
import { rowOf, rowRules } from "../../../cli/import/user-row";
import { arrivalOf } from "../../../cli/pools/arrival";
import { poolRules } from "../../../cli/pools/pool-rules";
import { handOver } from "../../../rules/hand-over";
import type { NamedUser } from "../../../rules/names";
import { aliasesOf } from "../../../sandbox/aws/user-pool/user-names";
import { rules as migrationRules, SIGNER } from "../../support/migration";
import { schema } from "../../support/schema";
import { readImportFile } from "./cognito-csv-reader";

const SUB = "1a2b";
const PHONE = "+15555550100";
const COLUMNS = ["name", "email", "email_verified", "phone_number", "phone_number_verified", "preferred_username"];
const HEADER = [...COLUMNS, "cognito:mfa_enabled", "cognito:username"];
const SETTINGS = { attributeMap: new Map<string, string>(), attributeExclude: new Set<string>() };

interface Case {
  readonly source: UserPoolType;
  readonly destination: UserPoolType;
  readonly user: NamedUser;
}

/** Attributes with which the handler would make this user, for each name that the source takes for it. */
function handedOver({ source, destination, user }: Case): Record<string, string>[] {
  const naming = {
    usernameAttributes: source.UsernameAttributes ?? [],
    aliasAttributes: source.AliasAttributes ?? [],
    caseSensitive: true,
  };
  const typed = [user.username, ...aliasesOf(naming, user.attributes)];
  const rules = migrationRules({
    ...poolRules(source, destination, SETTINGS),
    destinationSchema: schema(COLUMNS),
  });
  const found = { ...user, enabled: true, status: "CONFIRMED", mfaSettings: [] };
  return typed.flatMap((name) => {
    const decision = handOver(name, rules, found, { proven: true }, SIGNER);
    if (!("response" in decision)) return [];
    const { username: _, ...attributes } = decision.response.userAttributes;
    return [proven(attributes)];
  });
}

/** An import file says of each address that it is not verified, where the handler may say nothing. */
const proven = (attributes: Record<string, string>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(attributes).filter(([name, value]) => !name.endsWith("_verified") || value === "true"),
  );

/** Attributes with which an import would make this user. */
function imported({ source, destination, user }: Case): Record<string, string> | undefined {
  const rules = rowRules(source, { AutoVerifiedAttributes: ["email"], ...destination }, HEADER, SETTINGS);
  const row = rowOf({ ...user, enabled: true, status: "CONFIRMED" }, arrivalOf(user, rules), rules);
  if (row.kind !== "row") return undefined;
  const [cells = {}] = readImportFile(Buffer.from(`${HEADER.join(",")}\n${row.line}\n`));
  const read = Object.entries(cells).filter(([name, value]) => !name.startsWith("cognito:") && value !== "");
  return proven(
    Object.fromEntries(read.map(([name, value]) => [name, name.endsWith("_verified") ? value.toLowerCase() : value])),
  );
}

const user = (username: string, attributes: Record<string, string> = {}): NamedUser => ({
  username,
  attributes: { sub: SUB, email: "jane@example.com", email_verified: "true", ...attributes },
});

const ALIASES: UserPoolType = { AliasAttributes: ["email", "preferred_username"] };
const ONLY_PREFERRED: UserPoolType = { AliasAttributes: ["preferred_username"] };

test.each<[string, Case, boolean, boolean?]>([
  [
    "that is an alias at the source arrives with who signs in by it, and with no import, where nobody does",
    { source: ALIASES, destination: ALIASES, user: user("jane", { preferred_username: "boss" }) },
    true,
    false,
  ],
  [
    "that is an alias at the source and an address stays behind",
    { source: ALIASES, destination: ALIASES, user: user("jane", { preferred_username: "victim@example.com" }) },
    false,
  ],
  [
    "that is an alias at the source and a number stays behind",
    {
      source: ONLY_PREFERRED,
      destination: { AliasAttributes: ["phone_number", "preferred_username"] },
      user: user("jane", { preferred_username: PHONE }),
    },
    false,
  ],
  [
    "of the shape of an address arrives likewise where addresses are no names",
    { source: ALIASES, destination: ONLY_PREFERRED, user: user("jane", { preferred_username: "victim@example.com" }) },
    true,
    false,
  ],
  [
    "that anybody could write stays behind",
    { source: {}, destination: ALIASES, user: user("jane", { preferred_username: "boss" }) },
    false,
  ],
  [
    "that is the username arrives",
    { source: {}, destination: ALIASES, user: user("jane", { preferred_username: "jane" }) },
    true,
  ],
  [
    "that is the username but for its case stays behind where case counts",
    { source: {}, destination: ALIASES, user: user("jane", { preferred_username: "Jane" }) },
    false,
  ],
  [
    "that is the username but for its case arrives where case does not count",
    {
      source: {},
      destination: { ...ALIASES, UsernameConfiguration: { CaseSensitive: false } },
      user: user("jane", { preferred_username: "Jane" }),
    },
    true,
  ],
  [
    "that is the address of a user without a username arrives",
    {
      source: { UsernameAttributes: ["email"] },
      destination: ONLY_PREFERRED,
      user: user(SUB, { preferred_username: "jane@example.com" }),
    },
    true,
  ],
  [
    "that is an unverified address stays behind",
    {
      source: { AliasAttributes: ["phone_number"] },
      destination: ONLY_PREFERRED,
      user: user("jane", { phone_number: PHONE, phone_number_verified: "false", preferred_username: PHONE }),
    },
    false,
  ],
  [
    "is an attribute like any other where it is no alias",
    {
      source: { AliasAttributes: ["email"] },
      destination: { UsernameAttributes: ["email"] },
      user: user("jane", { preferred_username: "boss" }),
    },
    true,
  ],
])("a preferred_username %s", (_, one, arrives, isImported = arrives) => {
  expect({
    handler: handedOver(one).some((attributes) => "preferred_username" in attributes),
    import: "preferred_username" in (imported(one) ?? {}),
  }).toEqual({ handler: arrives, import: isImported });
});

test("an import hands over what the handler does for any name but a preferred_username, which only a sign-in proves", () => {
  const NAMES = ["jane", "boss", "jane@example.com", "victim@example.com", PHONE];
  const flag = fc.constantFrom("true", "false");
  const aliases = fc.subarray(["email", "phone_number", "preferred_username"] as const);
  const pool = fc.oneof(
    aliases.map((AliasAttributes): UserPoolType => ({ AliasAttributes })),
    fc.constant<UserPoolType>({ UsernameAttributes: ["email"] }),
  );
  const attributes = fc.record(
    { phone_number: fc.constant(PHONE), phone_number_verified: flag, preferred_username: fc.constantFrom(...NAMES) },
    { requiredKeys: ["preferred_username"] },
  );
  const seen = new Set<boolean>();
  fc.assert(
    fc.property(pool, pool, fc.constantFrom(...NAMES), attributes, (source, destination, username, has) => {
      const one = { source, destination, user: user(source.UsernameAttributes === undefined ? username : SUB, has) };
      // What was typed proves itself, whatever it is.
      const isTyped = (alias: string): boolean =>
        one.user.attributes[alias] === one.user.attributes["preferred_username"];
      const withoutPreferred = source.AliasAttributes?.filter((alias) => !isTyped(alias));
      const byHandler = handedOver({ ...one, source: { ...source, AliasAttributes: withoutPreferred } });
      const byImport = imported(one);
      if (byHandler.length === 0 || byImport === undefined) return;
      seen.add("preferred_username" in byImport);
      for (const handed of byHandler) expect(byImport).toEqual(handed);
    }),
    { numRuns: 2000 },
  );
  expect([...seen].sort()).toEqual([false, true]);
});

import type { UserPoolType } from "@aws-sdk/client-cognito-identity-provider";
import { refuseImpossible } from "../../../cli/import/rules";
import { rowRules } from "../../../cli/import/user-row";
import type { ConfirmedPools } from "../../../cli/pools/confirmed-pools";
import { CommandError } from "../../../cli/program/exit";
import { schema, settingsOf } from "../../support/preflight";
import { decide, stateOf } from "../../support/preflight-findings";

const HEADER = [
  "email",
  "email_verified",
  "phone_number",
  "phone_number_verified",
  "cognito:mfa_enabled",
  "cognito:username",
];
const settings = { ...settingsOf(), attributeMap: new Map<string, string>() };
const PLAN = { apply: false, dropMfa: false, logsRoleArn: undefined };

/** What the operator reads of two such pools; "" when the import may be. */
function refusal(source: UserPoolType, pool: UserPoolType, attributeExclude: readonly string[] = []): string {
  const destination: UserPoolType = { AutoVerifiedAttributes: ["email"], SchemaAttributes: schema(), ...pool };
  const place = (userPool: UserPoolType, userPoolId: string) => ({ userPool, side: { userPoolId } });
  const places = { source: place(source, "S"), destination: place(destination, "D") } as unknown as ConfirmedPools;
  const rules = { attributeMap: settings.attributeMap, attributeExclude: new Set(attributeExclude) };
  try {
    refuseImpossible(places, settings, rowRules(source, destination, HEADER, rules), PLAN);
    return "";
  } catch (error) {
    if (error instanceof CommandError) return error.message;
    throw error;
  }
}

const KINDS: readonly UserPoolType[] = [
  {},
  { AliasAttributes: ["email"] },
  { AliasAttributes: ["email", "phone_number", "preferred_username"] },
  { UsernameAttributes: ["email"] },
  { UsernameAttributes: ["phone_number"] },
  { UsernameAttributes: ["email", "phone_number"] },
];

test("refuses the pools, and no others, of which preflight says that nobody could come", () => {
  const refused: string[] = [];
  for (const source of KINDS)
    for (const destination of KINDS)
      for (const attributeExclude of [[], ["email"]]) {
        const told = refusal(source, destination, attributeExclude);
        const pools = { source, destination: { SchemaAttributes: schema(), ...destination } };
        const state = stateOf(decide(pools, { settings: { ...settings, attributeExclude } }), "sign-in-names");
        expect([pools, told === ""]).toEqual([pools, state !== "failed"]);
        if (told !== "") refused.push(told);
      }
  expect(refused).toContain(
    "S signs in with phone_number, D with email, and no name works at both: an import would give everybody a name that they have never " +
      "used. Use a destination pool with one of the source's names; preflight says more (sign-in-names).\nNothing was changed.",
  );
  expect(refused.length).toBeGreaterThan(4);
});

test("says all problems at once", () => {
  const told = refusal(
    { UsernameAttributes: ["email"] },
    { UsernameAttributes: ["phone_number"], AutoVerifiedAttributes: [] },
  );
  expect(told.split("\n")).toEqual([
    expect.stringContaining("no name works at both"),
    expect.stringContaining("AutoVerifiedAttributes"),
    "Nothing was changed.",
  ]);
});

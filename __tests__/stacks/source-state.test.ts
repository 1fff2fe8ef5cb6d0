import { BOTH } from "../support/settings";
import { resources, synthesized } from "../support/stacks";

const STATE = "terraform_remote_state.source-state";

interface Postcondition {
  readonly condition: string;
  readonly error_message: string;
}

function postconditions(env: Record<string, string> = {}): Postcondition[] {
  return resources(synthesized({ ...BOTH, ...env }).destination, "data")[STATE].lifecycle.postcondition;
}

const conditionsOf = (env: Record<string, string> = {}): string[] =>
  postconditions(env).map(({ condition }) => condition);

test("every value in the state is held against the settings, or against what it can be", () => {
  expect(conditionsOf({ SOURCE_ACCOUNT: "111111111111", EXTERNAL_ID: "an+external.id" })).toEqual([
    '${try(self.outputs.role_arn == "arn:aws:iam::111111111111:role/cognito_migration_customers", false)}',
    '${try(can(regex("^([A-Za-z0-9_+]{1,128})$", self.outputs.app_client_id)), false)}',
    '${try(self.outputs.user_pool_id == "eu-west-1_Source001", false)}',
    '${try(self.outputs.region == "eu-west-1", false)}',
    '${try(can(regex("^(OFF|OPTIONAL|ON)$", self.outputs.mfa_configuration)), false)}',
    '${try(can(regex("^(email|phone_number|email,phone_number|none)$", self.outputs.username_attributes)), false)}',
    '${try(self.outputs.external_id == "an+external.id", false)}',
  ]);
});

test("where no setting says the source's account, the role may be in any, under its own name only", () => {
  expect(conditionsOf()[0]).toBe(
    '${try(can(regex("^(arn:aws:iam::[0-9]{12}:role/cognito_migration_customers)$", self.outputs.role_arn)), false)}',
  );
});

test("each refusal names the output and what to do", () => {
  // A state of the version before does not give its migration out: the External ID tells one from the other.
  const names = Object.keys(synthesized(BOTH).source.output).filter((name) => name !== "migration");
  const told = postconditions().map(({ error_message }) => error_message);
  expect(
    told.map((text) => /^Output (\w+) of the source stack is missing, or is not \S+/.exec(text)?.[1]).sort(),
  ).toEqual(names.sort());
  for (const text of told) expect(text).toContain("Deploy stack source first, with the same settings");
});

test("every output that the destination reads is one that the source writes", () => {
  const { source, destination } = synthesized(BOTH);
  const read = [...JSON.stringify(destination).matchAll(/source-state\.outputs\.(\w+)/g)].map(([, name]) => name ?? "");
  expect(read.length).toBeGreaterThan(3);
  expect(Object.keys(source.output)).toEqual(expect.arrayContaining(read));
});

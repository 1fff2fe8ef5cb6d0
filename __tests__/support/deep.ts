import { ListUserPoolClientsCommand, ListUserPoolsCommand } from "@aws-sdk/client-cognito-identity-provider";
import { ListRolesCommand } from "@aws-sdk/client-iam";
import { ListFunctionsCommand } from "@aws-sdk/client-lambda";
import type { StackName } from "../../config/stacks";
import type { Place } from "../../sandbox/accounts/world";
import type { LiveCloud } from "../deep/lab/live-cloud";
import type { AccountCredentials } from "../deep/lab/moto";
import type { Project } from "../deep/lab/project";
import { findTools, type Tools } from "../deep/lab/tools";

const found = findTools(process.env);
const reason = "missing" in found ? `missing: ${found.missing.join("; ")}` : undefined;

if ("report" in found) process.stdout.write(`\n${found.report.join("\n")}\n\n`);

/**
 * Tests that need Terraform, the AWS provider and moto. Without one of them they are reported as skipped with the reason,
 * and as failed where REQUIRE_DEEP=1 says that they must run.
 */
export function describeDeep(title: string, tests: (tools: Tools) => void): void {
  if ("report" in found) describe(title, () => tests(found));
  else if (process.env["REQUIRE_DEEP"] === "1")
    test(title, () => {
      throw new Error(`REQUIRE_DEEP=1, but ${reason}`);
    });
  else describe.skip(`${title} (${reason})`, () => test("needs tools that are not here", () => undefined));
}

/** Every way in which the shim mends an answer of the emulator. A new one belongs here and into docs/testing.md. */
export const MENDED = ["lambda: GetFunction echoes LoggingConfig"];

export const STACKS = ["source", "destination"] as const;

/** Actions that a plan would take, by resource; what stays as it is, is left out. */
export async function changesOf(
  project: Project,
  stack: StackName,
  as: AccountCredentials,
): Promise<Record<string, string[]>> {
  const { status, output } = await project.terraform(stack, ["plan", "-out=plan"], as);
  if (status !== 0) throw new Error(output);
  const shown = await project.terraform(stack, ["show", "-json", "plan"], as);
  const { resource_changes: changes } = JSON.parse(shown.output) as {
    resource_changes: { address: string; mode: string; change: { actions: string[] } }[];
  };
  return Object.fromEntries(
    changes
      .filter(({ mode, change }) => mode === "managed" && change.actions[0] !== "no-op")
      .map(({ address, change }) => [address, change.actions]),
  );
}

/** Everything in an account that the stacks could have made. */
export async function leftIn(live: LiveCloud, place: Place): Promise<string[]> {
  const iam = await live.iam(place.account);
  const lambda = await live.lambda(place);
  const cognito = await live.cognito(place);
  const { Roles = [] } = await iam.send(new ListRolesCommand({}));
  const { Functions = [] } = await lambda.send(new ListFunctionsCommand({}));
  const { UserPools = [] } = await cognito.send(new ListUserPoolsCommand({ MaxResults: 60 }));
  const clients = await Promise.all(
    UserPools.map(
      async ({ Id }) => (await cognito.send(new ListUserPoolClientsCommand({ UserPoolId: Id }))).UserPoolClients ?? [],
    ),
  );
  return [
    ...(await live.alarms(place)).map(({ AlarmName }) => `alarm ${AlarmName}`),
    ...clients.flat().map(({ ClientName }) => `app client ${ClientName}`),
    ...Object.keys(await live.dashboards(place)).map((name) => `dashboard ${name}`),
    ...Functions.map(({ FunctionName }) => `function ${FunctionName}`),
    ...(await live.logGroups(place)).map((name) => `log group ${name}`),
    ...Roles.map(({ RoleName }) => `role ${RoleName}`),
  ].sort();
}

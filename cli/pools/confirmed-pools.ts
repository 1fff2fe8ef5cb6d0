import { DescribeUserPoolCommand } from "@aws-sdk/client-cognito-identity-provider";
import type { Deployment } from "../../config/deployment";
import { visible } from "../../config/visible";
import { credentialsOf } from "../aws/call-origin";
import { Aws } from "../aws/clients";
import type { ConfirmedPool } from "../aws/confirmed-pool";
import { explainAwsError } from "../aws/explain-aws-error";
import type { Side, SideName } from "../aws/side";
import type { Context } from "../program/command";
import { CommandError, EXIT, NOTHING_CHANGED } from "../program/exit";
import type { Terminal } from "../program/terminal";
import { exitCodeOf } from "./exit-code-of";
import { sidesOf } from "./sides";

/** After this long without an answer it is said who is waited for: it may take one and a half minutes. */
const SILENCE_MS = 3000;

export type ConfirmedPools = Readonly<Record<SideName, ConfirmedPool>>;

/**
 * Finds both user pools, tells the operator account, Region and name of each, and refuses when an account is not the one
 * in the settings. Nothing else may be called before.
 *
 * @throws {CommandError} AWS_REFUSED with every difference.
 */
export async function confirmPools(context: Context): Promise<ConfirmedPools> {
  const sides = sidesOf(context.deployment(), context.commands);
  const [source, destination] = await both(
    findPool(sides.source, context.terminal),
    findPool(sides.destination, context.terminal),
  );
  confirm([source, destination], context);
  return { source, destination };
}

/**
 * The same for a command that needs the destination alone, so that nobody needs rights at the source for it.
 *
 * @throws {CommandError} AWS_REFUSED when the account is not the one in the settings.
 */
export async function findDestination(
  context: Pick<Context, "terminal" | "commands">,
  deployment: Deployment,
): Promise<ConfirmedPool> {
  const place = await findPool(sidesOf(deployment, context.commands).destination, context.terminal);
  confirm([place], context);
  return place;
}

/** Likewise of the source, for a command that has found its destination. */
export async function findSource(
  context: Pick<Context, "terminal" | "deployment" | "commands">,
): Promise<ConfirmedPool> {
  const place = await findPool(sidesOf(context.deployment(), context.commands).source, context.terminal);
  confirm([place], context);
  return place;
}

/** Waits for both sides, so that what is wrong with either is said at once. */
async function both(
  source: Promise<ConfirmedPool>,
  destination: Promise<ConfirmedPool>,
): Promise<[ConfirmedPool, ConfirmedPool]> {
  const failures = (await Promise.allSettled([source, destination])).flatMap((end) =>
    end.status === "rejected" ? [end.reason as unknown] : [],
  );
  const explained = failures.flatMap((failure) => explainAwsError(failure) ?? []);
  if (failures.length === 2 && explained.length === 2)
    throw new CommandError(exitCodeOf(failures[0]), [...explained, NOTHING_CHANGED].join("\n"), { cause: failures[0] });
  return Promise.all([source, destination]);
}

function confirm(places: readonly ConfirmedPool[], { terminal }: Pick<Context, "terminal">): void {
  sayPools(places, terminal);
  const differences = places.flatMap(differencesOf);
  if (differences.length > 0) throw new CommandError(EXIT.AWS_REFUSED, differences.join("\n"));
}

/** With an empty line, since a table comes next. */
export const sayPools = (places: readonly ConfirmedPool[], terminal: Pick<Terminal, "say">): void =>
  terminal.say(`${places.map(describePool).join("\n")}\n`);

/** Finds one user pool and tells nobody. The pool is `{}` when the credentials are of another account. */
export async function findPool(side: Side, terminal: Pick<Terminal, "say">): Promise<ConfirmedPool> {
  const aws = new Aws(side, terminal.say);
  const notice = setTimeout(
    () => terminal.say(`Waiting for the ${side.name} (${credentialsOf(side)}, ${side.region}) to answer ...`),
    SILENCE_MS,
  );
  try {
    const account = await aws.account();
    // A pool of another account is not found by these credentials; the account is what the operator has to know then.
    if (side.account !== undefined && side.account !== account) return { side, account, userPool: {}, aws };
    const { UserPool: userPool } = await aws
      .cognito()
      .send(new DescribeUserPoolCommand({ UserPoolId: side.userPoolId }));
    if (userPool === undefined) throw aws.unusable("DescribeUserPool", "no user pool");
    return { side, account, userPool, aws };
  } finally {
    clearTimeout(notice);
  }
}

/** One line: side, account, Region, id and name. */
export function describePool({ side, account, userPool }: ConfirmedPool): string {
  return `${side.name.padEnd(11)}  account ${account}  ${side.region}  ${side.userPoolId}  ${visible(userPool.Name ?? "")}`.trimEnd();
}

function differencesOf({ side, account }: ConfirmedPool): string[] {
  if (side.account === undefined || side.account === account) return [];
  return [
    `The credentials for the ${side.name} (${side.profile === undefined ? "in the environment" : `of profile ${side.profile}`}) belong to account ${account}; the settings say ${side.account}. ` +
      `Set ${side.name.toUpperCase()}_PROFILE to a profile of that account. Nothing was changed.`,
  ];
}

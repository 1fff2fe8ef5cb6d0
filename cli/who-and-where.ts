import { DescribeUserPoolCommand, type UserPoolType } from "@aws-sdk/client-cognito-identity-provider";
import { GetCallerIdentityCommand } from "@aws-sdk/client-sts";
import { Aws } from "./aws/clients";
import type { Context } from "./command";
import { CommandError, EXIT } from "./exit";
import { type Side, sidesOf } from "./sides";

/** One side after AWS has confirmed it. */
export interface Place {
  readonly side: Side;
  readonly account: string;
  readonly userPool: UserPoolType;
  readonly aws: Aws;
}

export interface Places {
  readonly source: Place;
  readonly destination: Place;
}

/**
 * Finds both user pools, tells the operator account, Region and name of each, and refuses when an account is not the one
 * in the settings. Nothing else may be called before.
 *
 * @throws {CommandError} AWS_REFUSED with every difference.
 */
export async function findPlaces(context: Context): Promise<Places> {
  const sides = sidesOf(context.deployment());
  const [source, destination] = await Promise.all([findPlace(sides.source), findPlace(sides.destination)]);
  for (const place of [source, destination]) context.terminal.say(describePlace(place));
  const differences = [source, destination].flatMap(differencesOf);
  if (differences.length > 0) throw new CommandError(EXIT.AWS_REFUSED, differences.join("\n"));
  return { source, destination };
}

/** Finds one user pool and tells nobody. The pool is `{}` when the credentials are of another account. */
export async function findPlace(side: Side): Promise<Place> {
  const aws = new Aws(side);
  const { Account: account = "" } = await aws.sts().send(new GetCallerIdentityCommand({}));
  // A pool of another account is not found by these credentials; the account is what the operator has to know then.
  if (side.account !== undefined && side.account !== account) return { side, account, userPool: {}, aws };
  const { UserPool: userPool = {} } = await aws
    .cognito()
    .send(new DescribeUserPoolCommand({ UserPoolId: side.userPoolId }));
  return { side, account, userPool, aws };
}

/** One line: side, account, Region, id and name. */
export function describePlace({ side, account, userPool }: Place): string {
  return `${side.name.padEnd(11)}  account ${account}  ${side.region}  ${side.userPoolId}  ${userPool.Name ?? ""}`.trimEnd();
}

function differencesOf({ side, account }: Place): string[] {
  if (side.account === undefined || side.account === account) return [];
  const profile = side.profile === undefined ? "in the environment" : `of profile ${side.profile}`;
  return [
    `The credentials for the ${side.name} (${profile}) belong to account ${account}; the settings say ${side.account}. ` +
      `Set ${side.name.toUpperCase()}_PROFILE to a profile of that account. Nothing was changed.`,
  ];
}

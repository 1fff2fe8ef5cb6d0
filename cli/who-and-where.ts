import { DescribeUserPoolCommand, type UserPoolType } from "@aws-sdk/client-cognito-identity-provider";
import { GetCallerIdentityCommand } from "@aws-sdk/client-sts";
import type { Deployment } from "../config/deployment";
import { Aws } from "./aws/clients";
import type { Context } from "./command";
import { CommandError, EXIT } from "./exit";
import { type Side, sidesOf } from "./sides";
import { visible } from "./visible";

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
  confirm([source, destination], context);
  return { source, destination };
}

/**
 * The same for a command that needs the destination alone, so that nobody needs rights at the source for it.
 *
 * @throws {CommandError} AWS_REFUSED when the account is not the one in the settings.
 */
export async function findDestination(context: Pick<Context, "terminal">, deployment: Deployment): Promise<Place> {
  const place = await findPlace(sidesOf(deployment).destination);
  confirm([place], context);
  return place;
}

function confirm(places: readonly Place[], { terminal }: Pick<Context, "terminal">): void {
  for (const place of places) terminal.say(describePlace(place));
  const differences = places.flatMap(differencesOf);
  if (differences.length > 0) throw new CommandError(EXIT.AWS_REFUSED, differences.join("\n"));
}

/** Finds one user pool and tells nobody. The pool is `{}` when the credentials are of another account. */
export async function findPlace(side: Side): Promise<Place> {
  const aws = new Aws(side);
  const account = await accountOf(aws);
  // A pool of another account is not found by these credentials; the account is what the operator has to know then.
  if (side.account !== undefined && side.account !== account) return { side, account, userPool: {}, aws };
  const { UserPool: userPool = {} } = await aws
    .cognito()
    .send(new DescribeUserPoolCommand({ UserPoolId: side.userPoolId }));
  return { side, account, userPool, aws };
}

/**
 * Asks whose credentials these are.
 *
 * @throws {CommandError} AWS_REFUSED when there are none.
 */
export async function accountOf(aws: Aws): Promise<string> {
  try {
    const { Account: account = "" } = await aws.sts().send(new GetCallerIdentityCommand({}));
    return account;
  } catch (error) {
    if (!(error instanceof Error && error.name === "CredentialsProviderError")) throw error;
    const { name, profile } = aws.side;
    throw new CommandError(
      EXIT.AWS_REFUSED,
      `No credentials for the ${name} (${profile === undefined ? "in the environment" : `profile ${profile}`}): ${error.message}. ` +
        "Set SOURCE_PROFILE and DESTINATION_PROFILE, or AWS_PROFILE where one account has both pools.",
      { cause: error },
    );
  }
}

/** One line: side, account, Region, id and name. */
export function describePlace({ side, account, userPool }: Place): string {
  return `${side.name.padEnd(11)}  account ${account}  ${side.region}  ${side.userPoolId}  ${visible(userPool.Name ?? "")}`.trimEnd();
}

function differencesOf({ side, account }: Place): string[] {
  if (side.account === undefined || side.account === account) return [];
  const profile = side.profile === undefined ? "in the environment" : `of profile ${side.profile}`;
  return [
    `The credentials for the ${side.name} (${profile}) belong to account ${account}; the settings say ${side.account}. ` +
      `Set ${side.name.toUpperCase()}_PROFILE to a profile of that account. Nothing was changed.`,
  ];
}

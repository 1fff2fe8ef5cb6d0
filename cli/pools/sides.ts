import type { Deployment } from "../../config/deployment";
import { SettingsError } from "../../config/settings-error";
import type { Side } from "../aws/side";

/** How a command line of the AWS CLI, which ends with it, finds this side. */
export const forAwsCli = ({ region, profile }: Pick<Side, "region" | "profile">): string =>
  ` --region ${region}${profile === undefined ? "" : ` --profile ${profile}`}`;

export interface Sides {
  readonly source: Side;
  readonly destination: Side;
}

/** @throws {SettingsError} when there is no destination: every command that asks AWS needs both pools. */
export function sidesOf({ source, destination }: Deployment): Sides {
  if (destination === undefined)
    throw new SettingsError([
      {
        variable: "DESTINATION_USER_POOL_ARN",
        found: "nothing",
        expected: "the ARN of the user pool that users move to",
      },
    ]);
  return {
    source: {
      name: "source",
      userPoolId: source.sourceUserPoolId,
      region: source.sourceRegion,
      account: source.account ?? destination.sourceOutputs?.roleArn.split(":")[4],
      profile: source.profile,
    },
    destination: {
      name: "destination",
      userPoolId: destination.userPool.id,
      region: destination.userPool.region,
      account: destination.userPool.account,
      profile: destination.profile,
    },
  };
}

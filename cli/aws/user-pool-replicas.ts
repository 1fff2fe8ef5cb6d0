import { ListUserPoolReplicasCommand, type UserPoolReplicaType } from "@aws-sdk/client-cognito-identity-provider";
import type { AskedPool } from "./confirmed-pool";

/**
 * The primary and the secondary ones of a user pool; a pool that was never replicated may have neither. The SDK has no paginator for them.
 * https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ListUserPoolReplicas.html
 */
export async function readReplicas({ aws, side }: AskedPool): Promise<readonly UserPoolReplicaType[]> {
  const replicas: UserPoolReplicaType[] = [];
  let NextToken: string | undefined;
  do {
    const page = await aws.cognito().send(new ListUserPoolReplicasCommand({ UserPoolId: side.userPoolId, NextToken }));
    replicas.push(...(page.UserPoolReplicas ?? []));
    NextToken = page.NextToken;
  } while (NextToken !== undefined);
  return replicas;
}

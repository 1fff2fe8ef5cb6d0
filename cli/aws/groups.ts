import { type GroupType, paginateListGroups } from "@aws-sdk/client-cognito-identity-provider";
import type { AskedPool } from "./confirmed-pool";
import { PAGE_SIZE } from "./list-users";

/** Every group of a user pool, with its role. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ListGroups.html */
export async function readGroups({ aws, side }: AskedPool): Promise<readonly GroupType[]> {
  const groups: GroupType[] = [];
  const pages = paginateListGroups({ client: aws.cognito(), pageSize: PAGE_SIZE }, { UserPoolId: side.userPoolId });
  for await (const { Groups = [] } of pages) groups.push(...Groups);
  return groups;
}

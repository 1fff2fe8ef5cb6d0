import {
  DescribeUserPoolClientCommand,
  paginateListUserPoolClients,
  type UserPoolClientType,
} from "@aws-sdk/client-cognito-identity-provider";
import type { Place } from "../who-and-where";
import { ifThere } from "./gather-fact";

/** As many as ListUserPoolClients gives at once. */
const PAGE_SIZE = 60;

/** All app clients of a pool, with all their settings. One after the other: the quota is 15 a second, 5 for each pool. */
export async function readAppClients(place: Place): Promise<UserPoolClientType[]> {
  const clients: UserPoolClientType[] = [];
  const pages = paginateListUserPoolClients(
    { client: place.aws.cognito(), pageSize: PAGE_SIZE },
    { UserPoolId: place.side.userPoolId },
  );
  for await (const { UserPoolClients = [] } of pages)
    for (const { ClientId = "" } of UserPoolClients) {
      const client = await readAppClient(place, ClientId);
      if (client !== undefined) clients.push(client);
    }
  return clients;
}

/** @returns undefined when the pool has no such app client. A secret is not kept, only that there is one. */
export async function readAppClient({ aws, side }: Place, ClientId: string): Promise<UserPoolClientType | undefined> {
  const answer = await ifThere(["ResourceNotFoundException"], () =>
    aws.cognito().send(new DescribeUserPoolClientCommand({ UserPoolId: side.userPoolId, ClientId })),
  );
  const client = answer?.UserPoolClient;
  return client?.ClientSecret === undefined ? client : { ...client, ClientSecret: "there is one" };
}

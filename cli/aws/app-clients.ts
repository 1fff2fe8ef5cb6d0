import {
  DescribeUserPoolClientCommand,
  paginateListUserPoolClients,
  type UserPoolClientType,
} from "@aws-sdk/client-cognito-identity-provider";
import type { AskedPool } from "./confirmed-pool";
import { ifThere } from "./if-there";

/** As many as ListUserPoolClients gives at once. */
const PAGE_SIZE = 60;

export type ListedAppClient = Readonly<Record<"id" | "name", string>>;

export async function listAppClients({ aws, side }: AskedPool): Promise<ListedAppClient[]> {
  const clients: ListedAppClient[] = [];
  const pages = paginateListUserPoolClients(
    { client: aws.cognito(), pageSize: PAGE_SIZE },
    { UserPoolId: side.userPoolId },
  );
  for await (const { UserPoolClients = [] } of pages)
    clients.push(...UserPoolClients.map(({ ClientId = "", ClientName = "" }) => ({ id: ClientId, name: ClientName })));
  return clients;
}

export async function appClientIds(pool: AskedPool): Promise<string[]> {
  return (await listAppClients(pool)).map(({ id }) => id);
}

/** All app clients of a pool, with all their settings. One after the other: the quota is 15 a second, 5 for each pool. */
export async function readAppClients(pool: AskedPool): Promise<UserPoolClientType[]> {
  const clients: UserPoolClientType[] = [];
  for (const id of await appClientIds(pool)) {
    const client = await readAppClient(pool, id);
    if (client !== undefined) clients.push(client);
  }
  return clients;
}

/** @returns undefined when the pool has no such app client. A secret is not kept, only that there is one. */
export async function readAppClient(
  { aws, side }: AskedPool,
  ClientId: string,
): Promise<UserPoolClientType | undefined> {
  const answer = await ifThere(["ResourceNotFoundException"], () =>
    aws.cognito().send(new DescribeUserPoolClientCommand({ UserPoolId: side.userPoolId, ClientId })),
  );
  const client = answer?.UserPoolClient;
  return client?.ClientSecret === undefined ? client : { ...client, ClientSecret: "there is one" };
}

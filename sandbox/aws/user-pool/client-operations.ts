import type { AppClient } from "./app-clients";
import { optionalText, pageSize, text } from "./input";
import type { Operations } from "./operation";
import { pageOf } from "./pages";
import type { UserPool } from "./user-pool";

/** App clients. */
export const CLIENT_OPERATIONS: Operations = {
  /** https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ListUserPoolClients.html */
  ListUserPoolClients: (pool, body) => {
    const size = pageSize(body, "MaxResults", 1);
    const page = pageOf(pool.clients.all, `clients of ${pool.id}`, optionalText(body, "NextToken"), size);
    return {
      UserPoolClients: page.items.map(({ ClientId, ClientName }) => ({ ClientId, ClientName, UserPoolId: pool.id })),
      ...(page.token === undefined ? {} : { NextToken: page.token }),
    };
  },
  DescribeUserPoolClient: (pool, body) => described(pool, pool.clients.get(text(body, "ClientId"))),
  CreateUserPoolClient: (pool, body) => described(pool, pool.clients.create(text(body, "ClientName"), body)),
  UpdateUserPoolClient: (pool, body) =>
    described(pool, pool.clients.update(text(body, "ClientId"), optionalText(body, "ClientName"), body)),
  DeleteUserPoolClient: (pool, body) => {
    pool.clients.delete(text(body, "ClientId"));
    return {};
  },
};

function described(pool: UserPool, { settings, ...client }: AppClient): object {
  return { UserPoolClient: { UserPoolId: pool.id, ...client, ...settings } };
}

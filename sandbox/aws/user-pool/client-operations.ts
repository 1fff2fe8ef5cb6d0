import type { AppClient } from "./app-clients";
import { optionalText, text } from "./input";
import { type Operations, silent } from "./operation";
import { answerOf } from "./pages";
import type { UserPool } from "./user-pool";

/** App clients. */
export const CLIENT_OPERATIONS: Operations = {
  /** https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ListUserPoolClients.html */
  ListUserPoolClients: (pool, body) => {
    const names = { items: "UserPoolClients", size: "MaxResults" } as const;
    return answerOf(body, pool.clients.all, `clients of ${pool.id}`, names, ({ ClientId, ClientName }) => ({
      ClientId,
      ClientName,
      UserPoolId: pool.id,
    }));
  },
  DescribeUserPoolClient: (pool, body) => described(pool, pool.clients.get(text(body, "ClientId"))),
  CreateUserPoolClient: (pool, body) => described(pool, pool.clients.create(text(body, "ClientName"), body)),
  UpdateUserPoolClient: (pool, body) =>
    described(pool, pool.clients.update(text(body, "ClientId"), optionalText(body, "ClientName"), body)),
  DeleteUserPoolClient: silent((pool, body) => pool.clients.delete(text(body, "ClientId"))),
};

function described(pool: UserPool, { settings, ...client }: AppClient): object {
  return { UserPoolClient: { UserPoolId: pool.id, ...client, ...settings } };
}

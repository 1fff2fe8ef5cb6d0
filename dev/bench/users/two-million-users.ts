import { madeUpUser, page } from "../made-up-users";
import type { Served } from "../operator-process";
import { type Operations, SOURCE_POOL, serveTwoPools } from "../two-pools";

interface Body {
  readonly UserPoolId?: string;
  readonly PaginationToken?: string;
}

/** Two pools of so many users each, of whom half are the same people. */
export function serveUsers(users: number): Promise<Served> {
  const operations: Operations<Body> = {
    DescribeUserPool: ({ UserPoolId }) => ({
      UserPool: {
        Id: UserPoolId,
        Name: "bench",
        UsernameAttributes: ["email"],
        UsernameConfiguration: { CaseSensitive: false },
        EstimatedNumberOfUsers: users,
      },
    }),
    ListUsers: ({ UserPoolId, PaginationToken }) =>
      page(users, PaginationToken, (at) =>
        // The second half of the source is the first half of the destination.
        UserPoolId === SOURCE_POOL ? user("source", at) : user("destination", at + users / 2),
      ),
  };
  return serveTwoPools(operations);
}

const user = (side: "source" | "destination", person: number): object =>
  madeUpUser(side, person, { email: `User-${person}@example.com` }, 1_700_000_000 + (person % 60) * 86_400);

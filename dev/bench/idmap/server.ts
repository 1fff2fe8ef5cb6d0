import { createHmac } from "node:crypto";
import { mintStamp } from "../../../rules/stamp";
import { madeUpUser, page } from "../made-up-users";
import type { Served } from "../operator-process";
import { DESTINATION_POOL, describe, type Operations, serveTwoPools } from "../two-pools";

const KEY = "the-key-of-stamps-that-nobody-has-written";
const ATTRIBUTE = "custom:migration";
const MADE = 1_700_000_000;

/** A destination whose users have all migrated, each with a stamp. Nobody is kept. */
export async function serveStamped(users: number): Promise<Served<number>> {
  let listed = 0;
  const operations: Operations = {
    DescribeUserPool: describe(() => users),
    GetFunctionConfiguration: () => ({
      Environment: { Variables: { STAMP_ATTRIBUTE: ATTRIBUTE, STAMP_KEY: KEY } },
    }),
    ListUsers: ({ PaginationToken }) => {
      const answer = page(users, PaginationToken, stamped);
      listed += answer.Users.length;
      return answer;
    },
  };
  return { url: (await serveTwoPools(operations)).url, seen: () => listed };
}

function stamped(number: number): object {
  const email = `user-${number}@example.com`;
  const stamp = { sourceSub: `old-${number}`, how: "proven", issuedAt: MADE, groups: ["staff", "editors"] } as const;
  const user = { userPoolId: DESTINATION_POOL, names: [`email verified ${email}`] };
  return madeUpUser("destination", number, { email, [ATTRIBUTE]: mintStamp(createHmac, KEY, stamp, user) }, MADE);
}

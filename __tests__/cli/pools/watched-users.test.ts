import { CognitoIdentityProviderClient } from "@aws-sdk/client-cognito-identity-provider";
import type { ConfirmedPool } from "../../../cli/aws/confirmed-pool";
import { watchedUsers } from "../../../cli/pools/watched-users";
import { watchedTerminal } from "../../support/watched-terminal";

/** A pool of pages with so many users each, of which Cognito believes that there are 2 users. */
const placeOf = (...pages: readonly number[]): ConfirmedPool => {
  const send = async ({ input: { PaginationToken = "0" } }: { input: { PaginationToken?: string } }) => {
    const at = Number(PaginationToken);
    const Users = Array.from({ length: pages[at] ?? 0 }, (_, number) => ({ Username: `${at}-${number}` }));
    return { Users, ...(at + 1 < pages.length ? { PaginationToken: String(at + 1) } : {}) };
  };
  const place = {
    // A paginator of the SDK takes nothing else for a client.
    aws: { cognito: () => Object.assign(Object.create(CognitoIdentityProviderClient.prototype), { send }) },
    side: { name: "source" },
    userPool: { EstimatedNumberOfUsers: 2 },
  };
  return place as unknown as ConfirmedPool;
};

test("gives every user, and shows how many, although the estimate was too low", async () => {
  const terminal = watchedTerminal(true);
  const turns: number[] = [];
  const names: (string | undefined)[] = [];
  const pages = watchedUsers(placeOf(2, 0, 1), { terminal, signal: new AbortController().signal }, async () => {
    turns.push(names.length);
  });
  for await (const users of pages) names.push(...users.map(({ Username }) => Username));
  expect(names).toEqual(["0-0", "0-1", "2-0"]);
  expect(turns).toEqual([0, 2, 2]);
  expect(terminal.drawn()).toMatch(/source users .* 0\/2 /);
  expect(terminal.drawn()).toMatch(/100% \| 3\/3 /);
});

test("ends after the page at hand when it is interrupted", async () => {
  const interruption = new AbortController();
  let pages = 0;
  const reading = async (): Promise<void> => {
    const context = { terminal: watchedTerminal(false), signal: interruption.signal };
    for await (const _ of watchedUsers(placeOf(1, 1), context)) {
      pages += 1;
      interruption.abort();
    }
  };
  await expect(reading()).rejects.toMatchObject({ name: "AbortError" });
  expect(pages).toBe(1);
});

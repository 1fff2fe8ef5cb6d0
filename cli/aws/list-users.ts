import {
  ListUsersCommand,
  type ListUsersCommandOutput,
  type UserType,
} from "@aws-sdk/client-cognito-identity-provider";
import type { ConfirmedPool } from "./confirmed-pool";

/** As many as ListUsers gives at once. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ListUsers.html */
export const PAGE_SIZE = 60;

/** Users a second at most: 30 requests, for all user pools of an account. https://docs.aws.amazon.com/cognito/latest/developerguide/quotas.html */
export const LISTED_PER_SECOND = 30 * PAGE_SIZE;

export interface UserPage {
  readonly users: readonly UserType[];
  /** Gives the page after this one; undefined at the end. */
  readonly next: string | undefined;
}

export interface ListUsersOptions {
  /** Such as `cognito:user_status = "RESET_REQUIRED"`. */
  readonly filter?: string;
  /** Where to begin: `next` of the page before. */
  readonly from?: string | undefined;
  readonly signal?: AbortSignal;
  /** Called before each request, to stay below a quota. */
  readonly turn?: () => Promise<void>;
}

/**
 * Reads all users of a pool, page by page. Pages may be short or empty before the end; only a missing token ends it. Unlike
 * AdminGetUser, ListUsers makes nobody a monthly active user.
 * https://docs.aws.amazon.com/cognito/latest/developerguide/quotas.html
 */
export async function* listUsers(
  { aws, side }: Pick<ConfirmedPool, "aws" | "side">,
  { filter, from, signal, turn }: ListUsersOptions = {},
): AsyncGenerator<UserPage> {
  let token = from;
  do {
    await turn?.();
    const { Users, PaginationToken }: ListUsersCommandOutput = await aws.cognito().send(
      new ListUsersCommand({
        UserPoolId: side.userPoolId,
        Limit: PAGE_SIZE,
        ...(filter === undefined ? {} : { Filter: filter }),
        ...(token === undefined ? {} : { PaginationToken: token }),
      }),
      signal === undefined ? {} : { abortSignal: signal },
    );
    // Nobody's being there would be [].
    if (Users === undefined) throw aws.unusable("ListUsers", "no list of users");
    token = PaginationToken;
    yield { users: Users, next: token };
  } while (token !== undefined);
}

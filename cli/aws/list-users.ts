import { paginateListUsers, type UserType } from "@aws-sdk/client-cognito-identity-provider";
import type { AskedPool } from "./confirmed-pool";
import { paced, type Turn } from "./paced";

/** As many as ListUsers gives at once. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ListUsers.html */
export const PAGE_SIZE = 60;

/** Users a second at most: 30 requests, for all user pools of an account. https://docs.aws.amazon.com/cognito/latest/developerguide/quotas.html */
export const LISTED_PER_SECOND = 30 * PAGE_SIZE;

export interface ListUsersOptions {
  /** Such as `cognito:user_status = "RESET_REQUIRED"`. */
  readonly filter?: string;
  readonly signal?: AbortSignal;
  readonly turn?: Turn | undefined;
  /** Goes on where a page said that the next one is. */
  readonly from?: string | undefined;
}

export interface UsersPage {
  readonly users: readonly UserType[];
  /** Where the next page is; undefined after the last one. */
  readonly next: string | undefined;
}

/** Reads all users of a pool, page by page: {@link listUserPages}, for who needs no place to go on from. */
export async function* listUsers(pool: AskedPool, options: ListUsersOptions = {}): AsyncGenerator<readonly UserType[]> {
  for await (const { users } of listUserPages(pool, options)) yield users;
}

/**
 * Reads all users of a pool, page by page. Pages may be short or empty before the end; only a missing token ends it. Unlike
 * AdminGetUser, ListUsers makes nobody a monthly active user.
 * https://docs.aws.amazon.com/cognito/latest/developerguide/quotas.html
 */
export async function* listUserPages(
  { aws, side }: AskedPool,
  { filter, signal, turn = async () => undefined, from }: ListUsersOptions = {},
): AsyncGenerator<UsersPage> {
  const pages = paginateListUsers(
    { client: aws.cognito(), pageSize: PAGE_SIZE, ...(from === undefined ? {} : { startingToken: from }) },
    { UserPoolId: side.userPoolId, Filter: filter },
    signal === undefined ? {} : { abortSignal: signal },
  );
  for await (const { Users, PaginationToken } of paced(pages, turn, "PaginationToken")) {
    // Nobody's being there would be [].
    if (Users === undefined) throw aws.unusable("ListUsers", "no list of users");
    yield { users: Users, next: PaginationToken };
  }
}

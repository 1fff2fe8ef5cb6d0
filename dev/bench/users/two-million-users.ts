import { type Operations, SOURCE_POOL, serveTwoPools, type TwoPools, uuid } from "../two-pools";

const PAGE_SIZE = 60;
const CREATED = 1_700_000_000;

interface Body {
  readonly UserPoolId?: string;
  readonly PaginationToken?: string;
}

/** Two pools of so many users each, of whom half are the same people. They are made up page by page. */
export function serveUsers(users: number): Promise<TwoPools> {
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
    ListUsers: ({ UserPoolId, PaginationToken }) => {
      const from = Number(PaginationToken ?? 0);
      const to = Math.min(users, from + PAGE_SIZE);
      const Users = Array.from({ length: to - from }, (_, at) => user(UserPoolId === SOURCE_POOL, from + at, users));
      return to < users ? { Users, PaginationToken: String(to) } : { Users };
    },
  };
  return serveTwoPools(operations);
}

/** The second half of the source is the first half of the destination. */
function user(isSource: boolean, number: number, users: number): object {
  const person = isSource ? number : number + users / 2;
  const attributes = {
    sub: uuid(isSource ? person : person + 0x4000_0000),
    email: `User-${person}@example.com`,
    email_verified: "true",
    name: `Doe, Jane ${person}`,
    birthdate: "1985-02-01",
    locale: "en-GB",
    phone_number: `+1555${String(person).padStart(7, "0")}`,
    ...(isSource ? {} : { "custom:source_sub": uuid(person) }),
  };
  return {
    Username: attributes.sub,
    Attributes: Object.entries(attributes).map(([Name, Value]) => ({ Name, Value })),
    Enabled: true,
    UserStatus: "CONFIRMED",
    UserCreateDate: CREATED + (person % 60) * 86_400,
    UserLastModifiedDate: CREATED + (person % 60) * 86_400,
  };
}

import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

export const SOURCE_POOL = "eu-west-1_Source001";
export const DESTINATION_POOL = "eu-central-1_Dest0001";
export const ACCOUNT = "222222222222";

const PAGE_SIZE = 60;
const CREATED = 1_700_000_000;

interface Body {
  readonly UserPoolId?: string;
  readonly PaginationToken?: string;
}

/** Two pools of so many users each, of whom half are the same people. They are made up page by page; no signature is checked. */
export function serveUsers(users: number): Promise<string> {
  const act: Readonly<Record<string, (body: Body) => object>> = {
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
  const server = createServer((incoming, outgoing) => {
    const chunks: Buffer[] = [];
    incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
    incoming.on("end", () => {
      const operation = String(incoming.headers["x-amz-target"] ?? "").split(".")[1];
      if (operation === undefined) return outgoing.writeHead(200, { "content-type": "text/xml" }).end(CALLER);
      const answer = act[operation]?.(JSON.parse(Buffer.concat(chunks).toString()) as Body);
      outgoing.writeHead(answer === undefined ? 400 : 200, { "content-type": "application/x-amz-json-1.1" });
      return outgoing.end(
        JSON.stringify(answer ?? { __type: "AccessDeniedException", message: `no ${operation} here` }),
      );
    });
  });
  return new Promise((resolve) =>
    server.listen(0, "127.0.0.1", () => resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)),
  );
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

const uuid = (number: number): string =>
  `${number.toString(16).padStart(8, "0")}-0000-4000-8000-${number.toString(16).padStart(12, "0")}`;

const CALLER = `<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult><Arn>arn:aws:iam::${ACCOUNT}:role/bench</Arn><UserId>bench</UserId><Account>${ACCOUNT}</Account></GetCallerIdentityResult></GetCallerIdentityResponse>`;

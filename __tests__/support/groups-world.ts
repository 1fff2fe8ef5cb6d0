import { createHmac } from "node:crypto";
import { mintStamp, type Stamp } from "../../rules/stamp";
import { DESTINATION_POOL, openWorld, type PaperWorld, type PaperWorldProps } from "../../sandbox/accounts/from-synth";
import { type SampleUser, seedPerson } from "../../sandbox/accounts/sample-users";
import type { LambdaFunction } from "../../sandbox/aws/lambda";
import { runAwsCommand } from "./aws-command";
import { ROOT } from "./program";

export type Person = Omit<SampleUser, "expect">;
export type Claims = Readonly<Record<string, unknown>>;

/** What one answer with tokens holds. */
export interface Tokens {
  readonly id: Claims;
  readonly access: Claims;
  readonly refreshToken: string;
}

/** Two pools with a migration that carries groups, and people at the AWS CLI. */
export interface GroupsWorld {
  readonly world: PaperWorld;
  readonly tokenFunction: LambdaFunction;
  readonly bus: string;
  /** @throws with the name of AWS's exception. */
  signIn(person: Person): Promise<Tokens>;
  refresh(tokens: Tokens): Promise<Tokens>;
  /** Names of the groups that the destination has the user in, sorted. */
  groupsOf(person: Person): Promise<readonly string[]>;
  attributesOf(person: Person): Promise<Readonly<Record<string, string>>>;
  /** What an administrator types at the destination: without `aws cognito-idp` and the user. */
  administer(person: Person, command: string): Promise<void>;
  setStamp(person: Person, text: string): Promise<void>;
  /** What is in the profile; nothing where there is none. */
  stampOf(person: Person): Promise<string>;
  /** What has come to the bus of the user of these tokens. */
  eventsOf(tokens: Tokens): readonly unknown[];
  /** Of the token function's log. */
  lastLine(): Readonly<Record<string, unknown>>;
  /** A stamp of this migration's own key. */
  stamp(person: Person, over?: Partial<Stamp>, userPoolId?: string): string;
}

export const BUS = "arn:aws:events:eu-central-1:222222222222:event-bus/migrated";

/** Of a group of the destination. */
export const roleOf = (name: string): string => `arn:aws:iam::222222222222:role/${name}`;

const groupsIn = (claims: Claims): readonly unknown[] =>
  (claims["cognito:groups"] as string[] | undefined)?.toSorted() ?? [];

/** The groups in the tokens, sorted. @throws where the two do not have the same. */
export function groupsInBoth({ id, access }: Tokens): readonly unknown[] {
  expect(groupsIn(id)).toEqual(groupsIn(access));
  return groupsIn(id);
}

/** Groups of the destination that are empty, among them two with an IAM role: the settings name one of these. */
export const destinationGroups = (...names: readonly string[]): PaperWorldProps["destinationGroups"] => [
  ...["editors", "Prüfer-評価", "admins", "eu-west-1_Source001_Google", ...names].map((GroupName) => ({
    GroupName,
    members: [],
  })),
  { GroupName: "administrators", RoleArn: roleOf("administrators"), Precedence: 1, members: [] },
  { GroupName: "auditors", RoleArn: roleOf("auditors"), Precedence: 2, members: [] },
];

/** @param memberships By group of the source. */
export async function openGroupsWorld(
  memberships: Readonly<Record<string, readonly Person[]>>,
  people: readonly Person[],
  atDestination: PaperWorldProps["destinationGroups"] = destinationGroups(),
): Promise<GroupsWorld> {
  const world = await openWorld({
    root: ROOT,
    users: people,
    groups: Object.entries(memberships).map(([GroupName, of]) => ({
      GroupName,
      RoleArn: "arn:aws:iam::111111111111:role/of-the-source",
      members: of.map(({ username }) => username),
    })),
    destinationGroups: atDestination ?? [],
    pools: { destination: { ...DESTINATION_POOL, customAttributes: ["plan", "source_sub", "migration"] } },
    settings: {
      MIGRATION_STAMP: "on",
      STAMP_KEY_READABLE: "accept",
      GROUPS_MODE: "token+member",
      GROUPS: "*,admins",
      GROUPS_MAP: "admins=administrators",
      MIGRATED_EVENT_BUS_ARN: BUS,
    },
  });
  const [, tokenFunction] = world.functions;
  if (tokenFunction === undefined) throw new Error("the stack has no token function");
  const { url: endpoint, region, administrator: credentials, clientId, userPoolId } = world.destination;
  const aws = async (command: string): Promise<Record<string, unknown>> => {
    const answer = await runAwsCommand(`aws cognito-idp ${command}`, { endpoint, region, credentials });
    if (typeof answer["__type"] === "string") throw new Error(answer["__type"]);
    return answer;
  };
  const whom = ({ email }: Person): string => `--user-pool-id ${userPoolId} --username ${email}`;
  const authenticate = async (flow: string, parameters: string): Promise<Tokens> => {
    const answer = await aws(
      `initiate-auth --no-sign-request --auth-flow ${flow} --client-id ${clientId} --auth-parameters '${parameters}'`,
    );
    const { IdToken, AccessToken, RefreshToken = "" } = answer["AuthenticationResult"] as Record<string, string>;
    return { id: claimsIn(IdToken), access: claimsIn(AccessToken), refreshToken: RefreshToken };
  };
  const attributesOf: GroupsWorld["attributesOf"] = async (person) => {
    const { UserAttributes } = await aws(`admin-get-user ${whom(person)}`);
    return Object.fromEntries((UserAttributes as { Name: string; Value: string }[]).map((a) => [a.Name, a.Value]));
  };
  const administer: GroupsWorld["administer"] = async (person, command) => {
    const [operation, ...options] = command.split(" ");
    await aws([operation, whom(person), ...options].join(" "));
  };
  return {
    world,
    tokenFunction,
    bus: BUS,
    signIn: ({ email, password }) => authenticate("USER_PASSWORD_AUTH", `USERNAME=${email},PASSWORD=${password}`),
    refresh: async (tokens) => ({
      ...(await authenticate("REFRESH_TOKEN_AUTH", `REFRESH_TOKEN=${tokens.refreshToken}`)),
      refreshToken: tokens.refreshToken,
    }),
    groupsOf: async (person) => {
      const names: string[] = [];
      let next: unknown = "";
      do {
        const page = next === "" ? "" : ` --next-token ${next}`;
        const { Groups, NextToken } = await aws(`admin-list-groups-for-user ${whom(person)}${page}`);
        names.push(...(Groups as { GroupName: string }[]).map(({ GroupName }) => GroupName));
        next = NextToken;
      } while (next !== undefined);
      return names.sort();
    },
    attributesOf,
    administer,
    setStamp: (person, text) =>
      administer(person, `admin-update-user-attributes --user-attributes Name=custom:migration,Value=${text}`),
    stampOf: async (person) => (await attributesOf(person))["custom:migration"] ?? "",
    eventsOf: ({ id }) => world.busEvents.filter(({ detail }) => detail["sub"] === id["sub"]),
    lastLine: () => JSON.parse(tokenFunction.log.trim().split("\n").at(-1) ?? ""),
    stamp: ({ email }, over = {}, pool = userPoolId) =>
      mintStamp(
        createHmac,
        tokenFunction.configuration.environment["STAMP_KEY"] ?? "",
        {
          sourceSub: "11111111-2222-4333-8444-555555555555",
          how: "proven",
          issuedAt: Math.floor(Date.now() / 1000),
          groups: ["editors"],
          ...over,
        },
        // As docs/decisions/0028 has a name: of a pool whose users have addresses for names.
        { userPoolId: pool, names: [`email verified ${email}`] },
      ),
  };
}

/** Nobody here checks a signature: what is in the token is the question. */
const claimsIn = (token = ""): Claims => JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString());

export const person = (name: string, more: Parameters<typeof seedPerson>[1] = {}): Person => seedPerson(name, more);

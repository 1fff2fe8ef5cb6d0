import {
  AdminAddUserToGroupCommand,
  AdminCreateUserCommand,
  AdminDisableUserCommand,
  AdminEnableUserCommand,
  AdminGetUserCommand,
  AdminListGroupsForUserCommand,
  AdminResetUserPasswordCommand,
  AdminSetUserPasswordCommand,
  AdminUpdateUserAttributesCommand,
  ChangePasswordCommand,
  CreateGroupCommand,
  CreateUserPoolCommand,
  DescribeUserPoolClientCommand,
  DescribeUserPoolCommand,
  GetUserCommand,
  GlobalSignOutCommand,
  InitiateAuthCommand,
  ListUserPoolClientsCommand,
  ListUsersCommand,
  ListUsersInGroupCommand,
  type SchemaAttributeType,
  SetUserMFAPreferenceCommand,
  UpdateUserAttributesCommand,
  UpdateUserPoolClientCommand,
  UpdateUserPoolCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { describeDeep } from "../support/deep";
import { PASSWORD, PLAIN, userPool } from "../support/user-pool";
import { asking, expectSame, ofMoto, ofOurs, type Seen, type Subject } from "./lab/both-pools";
import { type Moto, startMoto } from "./lab/moto";

const TRIGGER = "arn:aws:lambda:eu-west-1:111111111111:function:migrate";

/** Where moto 5.2 answers otherwise, and the page of AWS that says so. An entry that moto no longer needs fails the test. */
const MOTO_DIFFERS: Readonly<Record<string, string>> = {
  "a page of 61": "https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ListUsers.html",
  "a reset user signs in":
    "https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminResetUserPassword.html",
  // The client may read the e-mail address alone.
  "a user's own profile":
    "https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-attributes.html",
  "an attribute outside the schema":
    "https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-attributes.html",
  "an app client after an update of one setting":
    "https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_UpdateUserPoolClient.html",
  "a protection after an update of the pool":
    "https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_UpdateUserPool.html",
  "usernames after an update of the pool":
    "https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-attributes.html",
};

/** What an operator sees. */
async function session({ client, UserPoolId, ClientId }: Subject): Promise<Seen> {
  const seen: Seen = {};
  const see = asking(seen);
  const at = { UserPoolId, Username: "a@example.com" };
  const status = async () => (await client.send(new AdminGetUserCommand(at))).UserStatus;
  const signIn = async (password: string) => {
    const { ChallengeName, AuthenticationResult: tokens } = await client.send(
      new InitiateAuthCommand({
        ClientId,
        AuthFlow: "USER_PASSWORD_AUTH",
        AuthParameters: { USERNAME: at.Username, PASSWORD: password },
      }),
    );
    if (tokens?.AccessToken === undefined) return ChallengeName;
    const claims = JSON.parse(Buffer.from(tokens.AccessToken.split(".")[1] ?? "", "base64url").toString());
    return { username: claims.username === claims.sub, client: claims.client_id === ClientId };
  };
  const create = async (name: string) => {
    const attributes = [
      { Name: "email", Value: `${name}@example.com` },
      { Name: "email_verified", Value: "true" },
    ];
    const { User } = await client.send(
      new AdminCreateUserCommand({
        UserPoolId,
        Username: `${name}@example.com`,
        UserAttributes: attributes,
        TemporaryPassword: PASSWORD,
        MessageAction: "SUPPRESS",
      }),
    );
    return { status: User?.UserStatus, enabled: User?.Enabled, uuid: /^[0-9a-f-]{36}$/.test(User?.Username ?? "") };
  };
  const emails = async (Filter: string) =>
    (await client.send(new ListUsersCommand({ UserPoolId, Filter }))).Users?.map(
      ({ Attributes }) => Attributes?.find(({ Name }) => Name === "email")?.Value,
    );
  const change = (Name: string, Value: string) =>
    client
      .send(new AdminUpdateUserAttributesCommand({ ...at, UserAttributes: [{ Name, Value }] }))
      .then(() => "changed");

  await see("an unknown user is read", status);
  await see("a user is made", () => create("a"));
  await see("the same user is made again", () => create("a"));
  await see("the new user signs in", () => signIn(PASSWORD));
  await see("a weak password is set", () => client.send(new AdminSetUserPasswordCommand({ ...at, Password: "weak" })));
  await see("a permanent password is set", async () => {
    await client.send(new AdminSetUserPasswordCommand({ ...at, Password: PASSWORD, Permanent: true }));
    return status();
  });
  await see("a wrong password", () => signIn("wrong"));
  await see("the right password", () => signIn(PASSWORD));
  const own = async () => {
    const { AuthenticationResult } = await client.send(
      new InitiateAuthCommand({
        ClientId,
        AuthFlow: "USER_PASSWORD_AUTH",
        AuthParameters: { USERNAME: at.Username, PASSWORD },
      }),
    );
    return { AccessToken: AuthenticationResult?.AccessToken, RefreshToken: AuthenticationResult?.RefreshToken };
  };
  await see("a user's own profile", async () => {
    const { AccessToken } = await own();
    const { UserAttributes } = await client.send(new GetUserCommand({ AccessToken }));
    return UserAttributes?.map(({ Name }) => Name).sort();
  });
  await see("a refresh", async () => {
    const { RefreshToken = "" } = await own();
    const AuthParameters = { REFRESH_TOKEN: RefreshToken };
    const { AuthenticationResult: tokens } = await client.send(
      new InitiateAuthCommand({ ClientId, AuthFlow: "REFRESH_TOKEN_AUTH", AuthParameters }),
    );
    return Object.keys(tokens ?? {}).sort();
  });
  await see("a change of the password with the wrong one", async () =>
    client.send(
      new ChangePasswordCommand({ ...(await own()), PreviousPassword: "wrong", ProposedPassword: `${PASSWORD}2` }),
    ),
  );
  await see("a change of the password", async () => {
    const ProposedPassword = `${PASSWORD}2`;
    await client.send(new ChangePasswordCommand({ ...(await own()), PreviousPassword: PASSWORD, ProposedPassword }));
    await client.send(new AdminSetUserPasswordCommand({ ...at, Password: PASSWORD, Permanent: true }));
    return "changed";
  });
  await see("a user's own attribute", async () => {
    const UserAttributes = [{ Name: "given_name", Value: "Sample" }];
    await client.send(new UpdateUserAttributesCommand({ ...(await own()), UserAttributes }));
    const { UserAttributes: after } = await client.send(new AdminGetUserCommand(at));
    return after?.find(({ Name }) => Name === "given_name")?.Value;
  });
  await see("an authenticator app that is not verified is preferred", async () =>
    client.send(
      new SetUserMFAPreferenceCommand({
        ...(await own()),
        SoftwareTokenMfaSettings: { Enabled: true, PreferredMfa: true },
      }),
    ),
  );
  await see("a token after a sign-out everywhere", async () => {
    const { AccessToken } = await own();
    await client.send(new GlobalSignOutCommand({ AccessToken }));
    return client.send(new GetUserCommand({ AccessToken }));
  });
  await see("a token that is none", () => client.send(new GetUserCommand({ AccessToken: "none" })));
  await see("a disabled user signs in", async () => {
    await client.send(new AdminDisableUserCommand(at));
    return signIn(PASSWORD);
  });
  await see("disabled users", () => emails('status = "Disabled"'));
  await see("an attribute outside the schema", () => change("custom:other", "1"));
  await see("an attribute of the schema", () => change("custom:tier", "gold"));
  await client.send(new AdminEnableUserCommand(at));
  await see("a reset user", async () => {
    await client.send(new AdminResetUserPasswordCommand(at));
    return status();
  });
  await see("a reset user signs in", () => signIn(PASSWORD));
  for (const name of ["b", "c"]) await create(name);
  await see("users by e-mail", () => emails('email = "b@example.com"'));
  await see("users by the beginning of an e-mail", () => emails('email ^= "c@"'));
  await see("users by status", () => emails('cognito:user_status = "RESET_REQUIRED"'));
  await see("a filter on a custom attribute", () => emails('custom:tier = "gold"'));
  await see("users in pages", async () => {
    const first = await client.send(new ListUsersCommand({ UserPoolId, Limit: 2 }));
    const { PaginationToken } = first;
    const second = await client.send(new ListUsersCommand({ UserPoolId, Limit: 2, PaginationToken }));
    return [first.Users?.length, second.Users?.length, second.PaginationToken];
  });
  await see("a page of 61", () => client.send(new ListUsersCommand({ UserPoolId, Limit: 61 })));
  await see("groups", async () => {
    await client.send(new CreateGroupCommand({ UserPoolId, GroupName: "staff" }));
    await client.send(new AdminAddUserToGroupCommand({ ...at, GroupName: "staff" }));
    const { Users } = await client.send(new ListUsersInGroupCommand({ UserPoolId, GroupName: "staff" }));
    const { Groups } = await client.send(new AdminListGroupsForUserCommand(at));
    return [Users?.length, Groups?.map(({ GroupName }) => GroupName)];
  });
  await see("the same group again", () => client.send(new CreateGroupCommand({ UserPoolId, GroupName: "staff" })));
  await see("members of no group", () => client.send(new ListUsersInGroupCommand({ UserPoolId, GroupName: "other" })));
  const pool = async () => (await client.send(new DescribeUserPoolCommand({ UserPoolId }))).UserPool;
  await see("a pool after an update of one setting", async () => {
    await client.send(new UpdateUserPoolCommand({ UserPoolId, LambdaConfig: { UserMigration: TRIGGER } }));
    const after = await pool();
    return {
      trigger: after?.LambdaConfig?.UserMigration,
      verified: after?.AutoVerifiedAttributes ?? [],
      tags: after?.UserPoolTags ?? {},
      minimum: after?.Policies?.PasswordPolicy?.MinimumLength,
    };
  });
  await see("a protection after an update of the pool", async () => (await pool())?.DeletionProtection);
  await see("usernames after an update of the pool", async () => (await pool())?.UsernameAttributes);
  await see("an app client after an update of one setting", async () => {
    await client.send(new UpdateUserPoolClientCommand({ UserPoolId, ClientId, RefreshTokenValidity: 7 }));
    const { UserPoolClient } = await client.send(new DescribeUserPoolClientCommand({ UserPoolId, ClientId }));
    const { RefreshTokenValidity, ExplicitAuthFlows, ReadAttributes } = UserPoolClient ?? {};
    return { RefreshTokenValidity, ExplicitAuthFlows, ReadAttributes };
  });
  await see("app clients", async () => {
    const { UserPoolClients } = await client.send(new ListUserPoolClientsCommand({ UserPoolId, MaxResults: 60 }));
    return UserPoolClients?.map(({ ClientName }) => ClientName);
  });
  await see("an unknown app client", () =>
    client.send(new DescribeUserPoolClientCommand({ UserPoolId, ClientId: "other" })),
  );
  return seen;
}

describeDeep("the sandbox's user pools beside moto's", (tools) => {
  let moto: Moto;
  let ours: Awaited<ReturnType<typeof ofOurs>>;
  beforeAll(async () => {
    moto = await startMoto(tools.motoServer);
    ours = await ofOurs();
  });
  afterAll(async () => {
    await ours.endpoint.close();
    await moto.stop();
  });

  test("answer the same", async () => {
    expectSame(await session(ours), await session(await ofMoto(moto)), MOTO_DIFFERS, 21);
  });

  test("begin with the same schema", async () => {
    const { client } = await ofMoto(moto);
    const { UserPool } = await client.send(new CreateUserPoolCommand({ PoolName: "plain" }));
    const { pool } = userPool({ ...PLAIN, customAttributes: [] });
    const byName = (attributes: readonly SchemaAttributeType[] = []): unknown =>
      Object.fromEntries(attributes.map((attribute) => [attribute.Name, attribute]));
    expect(byName(pool.schema)).toEqual(byName(UserPool?.SchemaAttributes));
  });
});

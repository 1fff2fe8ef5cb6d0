import { createHmac } from "node:crypto";
import { type Answer, CLIENT, PASSWORD, seedUser, userPool } from "../../../support/user-pool";

const client = ({ UserPoolClient }: Answer) => UserPoolClient;

test("UpdateUserPoolClient resets what is not given, and keeps name and secret", async () => {
  const { call } = userPool();
  const created = client(
    await call("CreateUserPoolClient", {
      ClientName: "web",
      GenerateSecret: true,
      ExplicitAuthFlows: ["ALLOW_USER_PASSWORD_AUTH"],
      ReadAttributes: ["email"],
      RefreshTokenValidity: 5,
      PreventUserExistenceErrors: "ENABLED",
      CallbackURLs: ["https://example.com"],
    }),
  );
  expect(created).toMatchObject({ RefreshTokenValidity: 5, ReadAttributes: ["email"] });
  await call("UpdateUserPoolClient", { ClientId: created.ClientId, RefreshTokenValidity: 7 });
  const after = client(await call("DescribeUserPoolClient", { ClientId: created.ClientId }));
  expect(after).toMatchObject({ ClientName: "web", ClientSecret: created.ClientSecret, RefreshTokenValidity: 7 });
  for (const name of ["ExplicitAuthFlows", "ReadAttributes", "PreventUserExistenceErrors", "CallbackURLs"])
    expect(after).not.toHaveProperty(name);
});

test.each(["ClientSecret", "CreationDate", "LastModifiedDate"])(
  "UpdateUserPoolClient refuses %s, which only DescribeUserPoolClient knows",
  async (name) => {
    const { refusal } = userPool();
    expect(await refusal("UpdateUserPoolClient", { ClientId: CLIENT, [name]: "x" })).toContain(`takes no ${name}`);
  },
);

test("flows of two ages are not mixed", async () => {
  const { refusal } = userPool();
  const mixed = { ClientId: CLIENT, ExplicitAuthFlows: ["USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"] };
  expect(await refusal("UpdateUserPoolClient", mixed)).toContain("InvalidParameterException");
  const old = { ClientId: CLIENT, ExplicitAuthFlows: ["USER_PASSWORD_AUTH", "ADMIN_NO_SRP_AUTH"] };
  expect(await refusal("UpdateUserPoolClient", old)).toBeUndefined();
});

test("app clients come in pages", async () => {
  const { call, refusal } = userPool();
  for (let index = 1; index < 5; index += 1) await call("CreateUserPoolClient", { ClientName: `client-${index}` });
  const names: string[] = [];
  let NextToken: string | undefined;
  const sizes: number[] = [];
  do {
    const page = await call("ListUserPoolClients", { MaxResults: 2, NextToken });
    names.push(...page.UserPoolClients.map(({ ClientName }) => ClientName));
    sizes.push(page.UserPoolClients.length);
    NextToken = page.NextToken;
  } while (NextToken !== undefined);
  expect(names).toEqual(["application", "client-1", "client-2", "client-3", "client-4"]);
  expect(sizes).toEqual([2, 2, 1]);
  expect(await refusal("ListUserPoolClients", { MaxResults: 61 })).toContain("InvalidParameterException");
});

test("a client with a secret wants the hash", async () => {
  const ClientSecret = "0123456789abcdef0123456789abcdef";
  const { call, refusal } = userPool({
    users: [seedUser("a")],
    appClients: [
      { id: CLIENT, name: "web", explicitAuthFlows: ["ALLOW_USER_PASSWORD_AUTH"], settings: { ClientSecret } },
    ],
  });
  const signIn = (more: object) => ({
    ClientId: CLIENT,
    AuthFlow: "USER_PASSWORD_AUTH",
    AuthParameters: { USERNAME: "a@example.com", PASSWORD, ...more },
  });
  const hash = createHmac("sha256", ClientSecret).update(`a@example.com${CLIENT}`).digest("base64");
  expect(await refusal("InitiateAuth", signIn({}))).toContain("SECRET_HASH was not received");
  expect(await refusal("InitiateAuth", signIn({ SECRET_HASH: "x" }))).toContain("Unable to verify secret hash");
  expect((await call("InitiateAuth", signIn({ SECRET_HASH: hash }))).AuthenticationResult).toBeDefined();
});

test("a client that is not there is a resource not found", async () => {
  const { refusal } = userPool();
  expect(await refusal("DescribeUserPoolClient", { ClientId: "other" })).toBe(
    "ResourceNotFoundException: User pool client other does not exist.",
  );
});

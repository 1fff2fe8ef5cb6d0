import {
  CognitoIdentityProviderClient,
  CreateUserPoolClientCommand,
  CreateUserPoolCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { CognitoService } from "../../../sandbox/aws/cognito-service";
import { CredentialStore } from "../../../sandbox/aws/credentials";
import { Faults } from "../../../sandbox/aws/faults";
import { type Endpoint, listen } from "../../../sandbox/aws/http";
import { ADMINISTRATOR_ACCESS, decide } from "../../../sandbox/aws/iam";
import { CLIENT, userPool } from "../../support/user-pool";
import type { Moto } from "./moto";

const ACCOUNT = "111111111111";
const REGION = "eu-west-1";
const SETTINGS = {
  AutoVerifiedAttributes: ["email" as const],
  DeletionProtection: "ACTIVE" as const,
  UserPoolTags: { owner: "identity" },
};
const FLOWS = [
  "ALLOW_USER_PASSWORD_AUTH" as const,
  "ALLOW_USER_SRP_AUTH" as const,
  "ALLOW_REFRESH_TOKEN_AUTH" as const,
];

/** One user pool and its app client, wherever they are. */
export interface Subject {
  readonly client: CognitoIdentityProviderClient;
  readonly UserPoolId: string;
  readonly ClientId: string;
}

export async function ofMoto(moto: Moto): Promise<Subject> {
  const client = new CognitoIdentityProviderClient({
    region: REGION,
    endpoint: moto.url,
    credentials: await moto.administratorOf(ACCOUNT),
    maxAttempts: 1,
  });
  const { UserPool } = await client.send(
    new CreateUserPoolCommand({
      PoolName: "customers",
      UsernameAttributes: ["email"],
      UsernameConfiguration: { CaseSensitive: false },
      Schema: [{ Name: "tier", AttributeDataType: "String", Mutable: true }],
      ...SETTINGS,
    }),
  );
  const UserPoolId = UserPool?.Id ?? "";
  const { UserPoolClient } = await client.send(
    new CreateUserPoolClientCommand({
      UserPoolId,
      ClientName: "application",
      ExplicitAuthFlows: FLOWS,
      ReadAttributes: ["email"],
    }),
  );
  return { client, UserPoolId, ClientId: UserPoolClient?.ClientId ?? "" };
}

export async function ofOurs(): Promise<Subject & { readonly endpoint: Endpoint }> {
  const { pool } = userPool({
    settings: SETTINGS,
    appClients: [
      { id: CLIENT, name: "application", explicitAuthFlows: FLOWS, settings: { ReadAttributes: ["email"] } },
    ],
  });
  const credentials = new CredentialStore();
  const service = new CognitoService({
    pools: [pool],
    credentials,
    decide,
    faults: new Faults(),
    switchedOff: new Set(),
  });
  const endpoint = await listen(service.serve);
  const administrator = {
    arn: `arn:aws:iam::${ACCOUNT}:role/administrator`,
    account: ACCOUNT,
    policies: [ADMINISTRATOR_ACCESS],
  };
  const client = new CognitoIdentityProviderClient({
    region: REGION,
    endpoint: endpoint.url,
    credentials: credentials.issue(administrator),
    maxAttempts: 1,
  });
  return { client, UserPoolId: pool.id, ClientId: CLIENT, endpoint };
}

/** What somebody sees, in the same words for both: the parts of an answer that matter, or the exception's name. */
export type Seen = Record<string, unknown>;

/** @returns how to ask one thing more of those that `seen` holds. */
export function asking(seen: Seen): (title: string, ask: () => Promise<unknown>) => Promise<void> {
  return async (title, ask) => {
    seen[title] = await ask().catch((error: Error) => error.name);
  };
}

/**
 * @param differs Where moto answers otherwise, and the page of AWS that says so. An entry that moto no longer needs fails the test.
 * @param least As many things at least are the same for both.
 */
export function expectSame(here: Seen, there: Seen, differs: Readonly<Record<string, string>>, least: number): void {
  const differing = Object.keys(here).filter((title) => JSON.stringify(here[title]) !== JSON.stringify(there[title]));
  const unexpected = differing.filter((title) => !(title in differs));
  expect(unexpected.map((title) => [title, here[title], there[title]])).toEqual([]);
  expect(differing.sort()).toEqual(Object.keys(differs).sort());
  expect(Object.keys(here).length - differing.length).toBeGreaterThanOrEqual(least);
}

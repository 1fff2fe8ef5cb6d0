import { createHmac, randomBytes } from "node:crypto";
import type { UpdateUserPoolClientRequest } from "@aws-sdk/client-cognito-identity-provider";
import { invalidParameter, notAuthorized, resourceNotFound } from "./exception";
import { type Body, refuseForeign, seconds, withDefaults } from "./input";
import type { SeedAppClient } from "./seed";

type Settings = Readonly<Partial<Omit<UpdateUserPoolClientRequest, "UserPoolId" | "ClientId" | "ClientName">>>;

/**
 * Every setting of an app client, and what it becomes when it is not given; undefined is "not there".
 * https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_UpdateUserPoolClient.html
 */
const DEFAULTS = {
  AccessTokenValidity: undefined,
  AllowedOAuthFlows: undefined,
  AllowedOAuthFlowsUserPoolClient: false,
  AllowedOAuthScopes: undefined,
  AnalyticsConfiguration: undefined,
  AuthSessionValidity: 3,
  CallbackURLs: undefined,
  DefaultRedirectURI: undefined,
  EnablePropagateAdditionalUserContextData: false,
  EnableTokenRevocation: true,
  ExplicitAuthFlows: undefined,
  IdTokenValidity: undefined,
  LogoutURLs: undefined,
  PreventUserExistenceErrors: undefined,
  ReadAttributes: undefined,
  RefreshTokenRotation: undefined,
  RefreshTokenValidity: 30,
  SupportedIdentityProviders: undefined,
  TokenValidityUnits: undefined,
  WriteAttributes: undefined,
} as const satisfies Record<keyof Settings, unknown>;

/** What an app client may do that names no flows. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_CreateUserPoolClient.html */
const DEFAULT_FLOWS = ["ALLOW_REFRESH_TOKEN_AUTH", "ALLOW_USER_SRP_AUTH", "ALLOW_CUSTOM_AUTH"];
/** From before `ALLOW_`. */
const LEGACY_FLOWS = ["ADMIN_NO_SRP_AUTH", "CUSTOM_AUTH_FLOW_ONLY", "USER_PASSWORD_AUTH"];

export interface AppClient {
  readonly ClientId: string;
  readonly ClientName: string;
  readonly ClientSecret: string | undefined;
  readonly CreationDate: number;
  readonly LastModifiedDate: number;
  readonly settings: Settings;
}

/** @throws InvalidParameterException for a member that an app client does not have, and for flows of two ages. */
function settingsFrom(given: Body, also: readonly string[]): Settings {
  refuseForeign("an app client", given, [...Object.keys(DEFAULTS), ...also]);
  const flows = (given["ExplicitAuthFlows"] ?? []) as readonly string[];
  const legacy = flows.filter((flow) => LEGACY_FLOWS.includes(flow));
  if (legacy.length > 0 && legacy.length < flows.length)
    throw invalidParameter(`ExplicitAuthFlows cannot mix ${legacy.join(", ")} with values that begin with ALLOW_`);
  return withDefaults(DEFAULTS, given);
}

export function allowsFlow({ settings }: AppClient, flow: string): boolean {
  const flows = settings.ExplicitAuthFlows ?? DEFAULT_FLOWS;
  if (flow === "ADMIN_NO_SRP_AUTH") return flows.includes(flow) || flows.includes("ALLOW_ADMIN_USER_PASSWORD_AUTH");
  return flows.includes(`ALLOW_${flow}`) || (flow === "USER_PASSWORD_AUTH" && flows.includes(flow));
}

/** https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pool-managing-errors.html */
export function hidesUsers({ settings }: AppClient): boolean {
  return settings.PreventUserExistenceErrors === "ENABLED";
}

/** Until when a challenge can be answered. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_CreateUserPoolClient.html */
export function challengeEnds({ settings: { AuthSessionValidity: minutes } }: AppClient, asked: Date): Date {
  return new Date(asked.getTime() + (minutes ?? DEFAULTS.AuthSessionValidity) * 60_000);
}

/** @throws NotAuthorizedException for an attribute that this app client may not write. Without a list it may write all. */
export function refuseForbidden({ settings: { WriteAttributes: list } }: AppClient, names: readonly string[]): void {
  if (list !== undefined && names.some((name) => !list.includes(name)))
    throw notAuthorized("A client attempted to write unauthorized attribute");
}

/** https://docs.aws.amazon.com/cognito/latest/developerguide/signing-up-users-in-your-app.html#cognito-user-pools-computing-secret-hash */
export function checkSecretHash(client: AppClient, userName: string, hash: string | undefined): void {
  if (client.ClientSecret === undefined) return;
  if (hash === undefined)
    throw notAuthorized(`Client ${client.ClientId} is configured with secret but SECRET_HASH was not received`);
  const expected = createHmac("sha256", client.ClientSecret)
    .update(userName + client.ClientId)
    .digest("base64");
  if (hash !== expected) throw notAuthorized(`Unable to verify secret hash for client ${client.ClientId}`);
}

/** The app clients of one user pool. */
export class AppClients {
  private readonly clients = new Map<string, AppClient>();

  constructor(seeds: readonly SeedAppClient[]) {
    for (const { id, name, explicitAuthFlows, settings } of seeds) {
      const { ClientSecret, ...rest } = { ...settings, ExplicitAuthFlows: [...explicitAuthFlows] };
      this.add(id, name, settingsFrom(rest, []), ClientSecret);
    }
  }

  get all(): readonly AppClient[] {
    return [...this.clients.values()];
  }

  find(clientId: string): AppClient | undefined {
    return this.clients.get(clientId);
  }

  /** @throws ResourceNotFoundException */
  get(clientId: string): AppClient {
    const client = this.find(clientId);
    if (client === undefined) throw resourceNotFound(`User pool client ${clientId} does not exist.`);
    return client;
  }

  create(name: string, request: Body): AppClient {
    const settings = settingsFrom(request, ["UserPoolId", "ClientName", "GenerateSecret", "ClientSecret"]);
    if (request["ClientSecret"] !== undefined && request["GenerateSecret"] === true)
      throw invalidParameter("GenerateSecret and ClientSecret exclude each other");
    const secret =
      request["GenerateSecret"] === true ? randomBytes(26).toString("hex").slice(0, 51) : request["ClientSecret"];
    return this.add(randomBytes(13).toString("hex"), name, settings, secret as string | undefined);
  }

  /** Resets what is not given; the name and the secret stay. */
  update(clientId: string, name: string | undefined, request: Body): AppClient {
    const before = this.get(clientId);
    const settings = settingsFrom(request, ["UserPoolId", "ClientId", "ClientName"]);
    const after = { ...before, ClientName: name ?? before.ClientName, settings, LastModifiedDate: seconds(new Date()) };
    this.clients.set(clientId, after);
    return after;
  }

  delete(clientId: string): void {
    this.get(clientId);
    this.clients.delete(clientId);
  }

  private add(id: string, name: string, settings: Settings, secret: string | undefined): AppClient {
    const now = seconds(new Date());
    if (this.clients.has(id)) throw invalidParameter(`app client ${id} exists`);
    const client: AppClient = {
      ClientId: id,
      ClientName: name,
      ClientSecret: secret,
      CreationDate: now,
      LastModifiedDate: now,
      settings,
    };
    this.clients.set(id, client);
    return client;
  }
}

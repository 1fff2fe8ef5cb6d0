import { UpdateUserPoolClientRequest$, UpdateUserPoolRequest$ } from "@aws-sdk/client-cognito-identity-provider";
import type { JsonObject } from "../../cli/aws/json";
import { json, type Response } from "../../sandbox/aws/http";
import { memberNames } from "./described";
import { awsError } from "./scripted-aws";

/** A user pool and what belongs to it, as AWS would send each: whole, with members that nobody here has heard of. */
export interface RawPool {
  pool: JsonObject;
  clients: JsonObject[];
  mfa: JsonObject;
}

/** What AWS does besides at an update, where its pages leave that open or nobody has tried. */
export interface Habits {
  /** Told after an update, as AWS tells it. @param sent The request. */
  readonly retells?: (updated: JsonObject, sent: JsonObject) => JsonObject;
  /** Of an app client. */
  readonly retellsClient?: (updated: JsonObject, sent: JsonObject) => JsonObject;
  /** An exception in place of an update of the pool. */
  readonly refuses?: string;
}

const POOL_SETTINGS = memberNames(UpdateUserPoolRequest$);
const CLIENT_SETTINGS = memberNames(UpdateUserPoolClientRequest$);

const without = (object: JsonObject, names: readonly string[]): JsonObject =>
  Object.fromEntries(Object.entries(object).filter(([name]) => !names.includes(name)));

const under = (object: unknown, name: string): JsonObject =>
  ((object as JsonObject | undefined)?.[name] ?? {}) as JsonObject;

const daysOf = (pool: JsonObject): unknown =>
  under(under(pool, "Policies"), "PasswordPolicy")["TemporaryPasswordValidityDays"];

/** What a pool tells in two places, of which an update takes one, stays the same in both. @param before The pool that told both. */
export function withDaysToldTwice(updated: JsonObject, before: JsonObject): JsonObject {
  const days = daysOf(updated);
  const isTold = "UnusedAccountValidityDays" in under(before, "AdminCreateUserConfig");
  if (!isTold || typeof days !== "number") return updated;
  const AdminCreateUserConfig = { ...under(updated, "AdminCreateUserConfig"), UnusedAccountValidityDays: days };
  return { ...updated, AdminCreateUserConfig };
}

/**
 * Updates replace: what a request does not say is gone, but for what AWS's pages say stays.
 * https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_UpdateUserPool.html
 */
export class RawPools {
  constructor(
    public state: RawPool,
    public habits: Habits = {},
  ) {}

  answer(operation: string, body: JsonObject): Response {
    const { state } = this;
    const client = state.clients.find(({ ClientId }) => ClientId === body["ClientId"]);
    switch (operation) {
      case "DescribeUserPool":
        return json(200, { UserPool: state.pool });
      case "DescribeUserPoolClient":
        return json(200, { UserPoolClient: { ...client, ClientSecret: "a-secret" } });
      case "ListUserPoolClients":
        return json(200, {
          UserPoolClients: state.clients.map(({ ClientId, ClientName }) => ({ ClientId, ClientName })),
        });
      case "GetUserPoolMfaConfig":
        return json(200, state.mfa);
      case "ListUserImportJobs":
        return json(200, { UserImportJobs: [] });
      case "ListUsers":
        return json(200, { Users: [] });
      case "UpdateUserPool":
        return this.updatePool(body);
      case "UpdateUserPoolClient":
        return this.updateClient(client ?? {}, body);
      default:
        return awsError("UnknownOperationException", operation);
    }
  }

  private updatePool(sent: JsonObject): Response {
    if (this.habits.refuses !== undefined) return awsError(this.habits.refuses);
    const { pool } = this.state;
    const isTwice =
      "UnusedAccountValidityDays" in under(sent, "AdminCreateUserConfig") && typeof daysOf(sent) === "number";
    if (isTwice) return awsError("InvalidParameterException", "UnusedAccountValidityDays");
    const tags = Object.entries(under(pool, "UserPoolTags")).filter(([key]) => key.startsWith("aws:"));
    if (Object.keys(under(sent, "UserPoolTags")).some((key) => key.startsWith("aws:")))
      return awsError("InvalidParameterException", "aws: prefixed tag key names are not allowed");
    const { UserPoolId: _, PoolName, ...settings } = sent;
    const kept = without(
      pool,
      POOL_SETTINGS.filter((name) => name !== "DcrConfiguration"),
    );
    const UserPoolTags = { ...Object.fromEntries(tags), ...under(sent, "UserPoolTags") };
    const updated: JsonObject = {
      ...kept,
      ...settings,
      ...("UserPoolTags" in pool ? { UserPoolTags } : {}),
      Name: PoolName ?? "",
      LastModifiedDate: Number(pool["LastModifiedDate"]) + 1,
      EstimatedNumberOfUsers: Number(pool["EstimatedNumberOfUsers"]) + 1,
    };
    const told = withDaysToldTwice(updated, pool);
    this.state.pool = this.habits.retells?.(told, sent) ?? told;
    return { status: 200, headers: {}, body: "" };
  }

  private updateClient(client: JsonObject, sent: JsonObject): Response {
    const flows = (sent["ExplicitAuthFlows"] ?? []) as readonly string[];
    const named = flows.filter((flow) => flow.startsWith("ALLOW_"));
    if (named.length > 0 && named.length < flows.length)
      return awsError("InvalidParameterException", "old and new flows");
    if (under(sent, "RefreshTokenRotation")["Feature"] === "ENABLED" && flows.includes("ALLOW_REFRESH_TOKEN_AUTH"))
      return awsError("InvalidParameterException", "rotation and ALLOW_REFRESH_TOKEN_AUTH");
    const updated = {
      ...without(client, CLIENT_SETTINGS),
      ...sent,
      LastModifiedDate: Number(client["LastModifiedDate"]) + 1,
    };
    const told = this.habits.retellsClient?.(updated, sent) ?? updated;
    this.state.clients = this.state.clients.map((one) => (one === client ? told : one));
    return json(200, { UserPoolClient: told });
  }
}

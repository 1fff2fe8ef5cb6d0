import { partitionOf } from "../../rules/partitions";
import { json, type Request, type Response } from "./http";
import type { AccessRequest } from "./iam";
import {
  errorAnswer,
  type Guard,
  operationOf,
  principalOf,
  requireAccess,
  signedRegion,
  targetOf,
} from "./signed-service";
import { errorXml } from "./sts";
import { AwsException } from "./user-pool/exception";
import type { Body } from "./user-pool/input";

/** What IAM is asked about: a whole ARN, and what the request says of it. */
export interface Asked {
  readonly resource: string;
  readonly context: NonNullable<AccessRequest["context"]>;
}

export interface JsonService<Context> {
  /** As IAM calls it. */
  readonly prefix: string;
  /** What the operations work on: what the caller has there. */
  readonly contextOf: (account: string, region: string) => Context;
  readonly operations: Readonly<Record<string, (context: Context, body: Body) => object>>;
  /** The end of the ARN that IAM is asked about, or several with whole ARNs; every resource unless given, or where there is none. */
  readonly resourceOf?: (operation: string, context: Context, body: Body) => string | readonly Asked[] | undefined;
}

/** A service in AWS's JSON protocol. */
export function jsonService<Context>(
  guard: Guard,
  { prefix, contextOf, operations, resourceOf }: JsonService<Context>,
): (request: Request) => Promise<Response> {
  return async (request) => {
    try {
      if (isQuery(request))
        return errorXml(
          new AwsException("InvalidAction", `The sandbox does not speak the query protocol of ${prefix}.`),
        );
      const operation = targetOf(request);
      const act = operationOf(operations, prefix, operation);
      const principal = principalOf(guard, request);
      const { account } = principal;
      const region = signedRegion(request) ?? "";
      const context = contextOf(account, region);
      const body = JSON.parse(request.body || "{}") as Body;
      const name = resourceOf?.(operation, context, body) ?? [];
      const arn = (end: string): string => `arn:${partitionOf(region).name}:${prefix}:${region}:${account}:${end}`;
      const named = typeof name === "string" ? [{ resource: arn(name) }] : name;
      for (const asked of named.length === 0 ? [{ resource: "*" }] : named)
        await requireAccess(guard, principal, { action: `${prefix}:${operation}`, ...asked });
      return json(200, act(context, body));
    } catch (error) {
      return errorAnswer(error);
    }
  };
}

/** As older SDKs talk to CloudWatch, which has several protocols. */
const isQuery = ({ headers }: Request): boolean =>
  headers["content-type"]?.startsWith("application/x-www-form-urlencoded") ?? false;

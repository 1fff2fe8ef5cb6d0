import { partitionOf } from "../../rules/partitions";
import type { Principal } from "./credentials";
import type { Faults } from "./faults";
import { json, type Misbehaviour, type Request, type Response } from "./http";
import {
  errorAnswer,
  type Guard,
  operationOf,
  principalOf,
  requireAccess,
  signedRegion,
  targetOf,
} from "./signed-service";
import { type AwsException, notAuthorized, resourceNotFound } from "./user-pool/exception";
import type { Body } from "./user-pool/input";
import { OPERATIONS, PUBLIC_OPERATIONS } from "./user-pool/operations";
import { answerOf } from "./user-pool/pages";
import { poolNamedIn } from "./user-pool/tokens";
import type { UserPool } from "./user-pool/user-pool";
import { wellKnown } from "./user-pool/well-known";

export interface CognitoServiceProps extends Guard {
  readonly pools: readonly UserPool[];
  readonly faults: Faults;
  /** Pools that nobody can reach any more: connections for them break. */
  readonly switchedOff: ReadonlySet<UserPool>;
}

/**
 * The cognito-idp endpoint for every account and Region: a user pool is found by what a request says, and is there only
 * for the account and the Region that it is in.
 */
export class CognitoService {
  constructor(private readonly props: CognitoServiceProps) {}

  readonly serve = async (request: Request): Promise<Response | Misbehaviour> => {
    if (request.method === "PUT") return this.upload(request);
    if (request.method === "GET") return this.read(request);
    const operation = targetOf(request);
    try {
      const body = JSON.parse(request.body || "{}") as Body;
      const pool = this.poolOf(body);
      if (pool !== undefined && this.props.switchedOff.has(pool)) return (outgoing) => outgoing.destroy();
      return json(200, await this.answer(operation, body, pool, request));
    } catch (error) {
      return errorAnswer(error);
    }
  };

  private async answer(operation: string, body: Body, pool: UserPool | undefined, request: Request): Promise<object> {
    const act = operation === "ListUserPools" ? undefined : operationOf(OPERATIONS, "cognito-idp", operation);
    const principal = PUBLIC_OPERATIONS.has(operation) ? undefined : principalOf(this.props, request);
    const region = signedRegion(request) ?? pool?.region ?? "";
    const isTheirs =
      pool !== undefined && pool.region === region && [undefined, pool.account].includes(principal?.account);
    if (principal !== undefined) await this.authorize(operation, body, isTheirs ? pool : undefined, principal, region);
    this.props.faults.check(operation);
    if (principal !== undefined && act === undefined) return this.listUserPools(principal.account, region, body);
    if (act === undefined || !isTheirs) throw notThere(body);
    return act(pool, body);
  }

  /** IAM answers for the ARN in the caller's own account, whether or not there is such a pool. */
  private async authorize(
    operation: string,
    body: Body,
    pool: UserPool | undefined,
    principal: Principal,
    region: string,
  ): Promise<void> {
    const own = `arn:${partitionOf(region).name}:cognito-idp:${region}:${principal.account}:userpool/${body["UserPoolId"]}`;
    const resource = operation === "ListUserPools" ? "*" : (pool?.arn ?? own);
    await requireAccess(this.props, principal, { action: `cognito-idp:${operation}`, resource });
    // https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-using-import-tool.html
    if (operation === "CreateUserImportJob")
      await requireAccess(this.props, principal, {
        action: "iam:PassRole",
        resource: String(body["CloudWatchLogsRoleArn"]),
        context: { "iam:PassedToService": "cognito-idp.amazonaws.com" },
      });
  }

  private poolOf(body: Body): UserPool | undefined {
    const { UserPoolId: id, ClientId: clientId, AccessToken: token, Session: session } = body;
    const named = id ?? (typeof token === "string" ? poolNamedIn(token) : undefined);
    const isNamed = (pool: UserPool): boolean =>
      clientId === undefined ? pool.sessions.has(String(session)) : pool.clients.find(String(clientId)) !== undefined;
    return this.props.pools.find((pool) => (named === undefined ? isNamed(pool) : pool.id === named));
  }

  private listUserPools(account: string, region: string, body: Body): object {
    const all = this.props.pools.filter((pool) => pool.account === account && pool.region === region);
    const names = { items: "UserPools", size: "MaxResults" } as const;
    const listed = ({ id, name }: UserPool): object => ({ Id: id, Name: name, LambdaConfig: {} });
    return answerOf(body, all, `pools of ${account}`, names, listed);
  }

  /** A pool's public keys, and where they are. */
  private read({ path, headers }: Request): Response | Misbehaviour {
    const pools = this.props.pools.filter((pool) => !this.props.switchedOff.has(pool));
    const found = wellKnown(pools, path, `http://${headers.host}`);
    if (found !== undefined)
      return { status: 200, headers: { "content-type": "application/json" }, body: JSON.stringify(found) };
    const message =
      "The sandbox reads /<user pool id>/.well-known/jwks.json and openid-configuration, and no other path.";
    return { status: 404, headers: { "content-type": "application/json" }, body: JSON.stringify({ message }) };
  }

  /** The file of an import job. S3 refuses what was not signed along. https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-using-import-tool.html */
  private upload({ path, headers, body }: Request): Response {
    const [, jobId = "", key = ""] = /^\/import\/([\w-]+)\/([\w-]+)$/.exec(path.split("?")[0] ?? "") ?? [];
    const encrypted = headers["x-amz-server-side-encryption"] === "aws:kms";
    const taken = encrypted && this.props.pools.some((pool) => pool.imports.upload(jobId, key, body, pool.now()));
    return taken
      ? { status: 200, headers: {}, body: "" }
      : {
          status: 403,
          headers: { "content-type": "application/xml" },
          body: `<Error><Code>${encrypted ? "AccessDenied" : "SignatureDoesNotMatch"}</Code></Error>`,
        };
  }
}

function notThere(body: Body): AwsException {
  const { UserPoolId: pool, ClientId: client, AccessToken: token, Session: session } = body;
  if (pool === undefined && token !== undefined) return notAuthorized("Invalid Access Token");
  if (pool === undefined && client === undefined && session !== undefined)
    return notAuthorized("Invalid session for the user.");
  return resourceNotFound(
    pool === undefined ? `User pool client ${client} does not exist.` : `User pool ${pool} does not exist.`,
  );
}

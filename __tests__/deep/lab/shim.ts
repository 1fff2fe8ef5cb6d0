import { type Endpoint, json, listen, type Request, type Response } from "../../../sandbox/aws/http";

export interface Shim extends Endpoint {
  /** Every kind of answer that was changed on its way, and every operation that moto lacks. */
  readonly changed: Set<string>;
  /** Every operation that was called, as IAM spells it. */
  readonly operations: Set<string>;
  /** Called before a request is passed on; a test may make it fail or wait. */
  intercept: ((request: Request) => Promise<Response | undefined>) | undefined;
}

const FUNCTION = /^\/2015-03-31\/functions\/([^/?]+)(\/configuration)?$/;

/**
 * Stands between Terraform and moto and mends what moto 5.2 lacks. Each mended answer is named in `changed`, so that a new
 * one does not go unseen.
 */
export async function startShim(motoUrl: string): Promise<Shim> {
  const changed = new Set<string>();
  const operations = new Set<string>();
  const loggingConfigs = new Map<string, object>();
  const shim: Pick<Shim, "intercept"> = { intercept: undefined };

  const endpoint = await listen(async (request) => {
    const operation = operationOf(request);
    operations.add(operation);
    const intercepted = await shim.intercept?.(request);
    if (intercepted !== undefined) return intercepted;
    rememberLoggingConfig(request, loggingConfigs);
    const response = await forward(motoUrl, request);
    if (response.status >= 500) {
      // The provider would repeat a server error for minutes.
      changed.add(`${operation} is not implemented`);
      return json(400, { __type: "NotImplementedByEmulator", message: response.body.slice(0, 300) });
    }
    return withLoggingConfig(request, response, loggingConfigs, changed);
  });
  return Object.assign(shim, { ...endpoint, changed, operations }) as Shim;
}

/** https://docs.aws.amazon.com/lambda/latest/api/API_Operations.html, as far as the AWS provider calls them. */
const LAMBDA_OPERATIONS: readonly (readonly [string, RegExp, string])[] = [
  ["POST", /\/functions\/?$/, "CreateFunction"],
  ["GET", /\/functions\/[^/]+$/, "GetFunction"],
  ["DELETE", /\/functions\/[^/]+$/, "DeleteFunction"],
  ["PUT", /\/functions\/[^/]+\/code$/, "UpdateFunctionCode"],
  ["GET", /\/functions\/[^/]+\/configuration$/, "GetFunctionConfiguration"],
  ["PUT", /\/functions\/[^/]+\/configuration$/, "UpdateFunctionConfiguration"],
  ["GET", /\/functions\/[^/]+\/versions$/, "ListVersionsByFunction"],
  ["GET", /\/functions\/[^/]+\/code-signing-config$/, "GetFunctionCodeSigningConfig"],
  ["POST", /\/functions\/[^/]+\/policy$/, "AddPermission"],
  ["GET", /\/functions\/[^/]+\/policy$/, "GetPolicy"],
  ["DELETE", /\/functions\/[^/]+\/policy\/[^/]+$/, "RemovePermission"],
];

/** Where IAM's name of a service is not the one that requests are signed for. */
const IAM_PREFIX: Readonly<Record<string, string>> = { monitoring: "cloudwatch" };

/** `service:Operation`, from whichever of AWS's protocols the request speaks. */
function operationOf({ method, path, headers, body }: Request): string {
  const signedFor = /\/([a-z0-9-]+)\/aws4_request/.exec(headers.authorization ?? "")?.[1] ?? "unsigned";
  const service = IAM_PREFIX[signedFor] ?? signedFor;
  const target = headers["x-amz-target"];
  if (typeof target === "string") return `${service}:${target.split(".")[1]}`;
  const action = new URLSearchParams(body.length < 100_000 ? body : "").get("Action");
  if (action !== null) return `${service}:${action}`;
  const [bare = ""] = path.split("?");
  const found = LAMBDA_OPERATIONS.find(([verb, pattern]) => verb === method && pattern.test(bare));
  return `${service}:${service === "lambda" ? (found?.[2] ?? `${method} ${bare}`) : method}`;
}

/** moto drops LoggingConfig, so that every plan would want to put it back. */
function rememberLoggingConfig({ method, path, body }: Request, configs: Map<string, object>): void {
  const isCreate = method === "POST" && /^\/2015-03-31\/functions\/?$/.test(path);
  const isUpdate = method === "PUT" && FUNCTION.test(path);
  if (!isCreate && !isUpdate) return;
  const { FunctionName, LoggingConfig } = JSON.parse(body) as { FunctionName?: string; LoggingConfig?: object };
  const name = FunctionName ?? FUNCTION.exec(path)?.[1];
  if (name !== undefined && LoggingConfig !== undefined) configs.set(name, LoggingConfig);
}

function withLoggingConfig(
  request: Request,
  response: Response,
  configs: Map<string, object>,
  changed: Set<string>,
): Response {
  if (request.method !== "GET" || !FUNCTION.test(request.path) || response.status !== 200) return response;
  const answer = JSON.parse(response.body) as { Configuration?: Record<string, unknown> };
  const configuration = answer.Configuration ?? (answer as Record<string, unknown>);
  const LoggingConfig = configs.get(String(configuration["FunctionName"]));
  if (LoggingConfig === undefined) return response;
  changed.add("lambda: GetFunction echoes LoggingConfig");
  configuration["LoggingConfig"] = LoggingConfig;
  return { ...response, body: JSON.stringify(answer) };
}

const HOP_BY_HOP = /^(content-length|content-encoding|transfer-encoding|connection)$/;

/** What the emulator itself answers. */
export async function forward(url: string, { method, path, headers, body }: Request): Promise<Response> {
  const { host: _, connection: __, "content-length": ___, "transfer-encoding": ____, expect: _____, ...rest } = headers;
  const response = await fetch(`${url}${path}`, {
    signal: AbortSignal.timeout(30_000),
    method,
    headers: rest as Record<string, string>,
    ...(method === "GET" || method === "HEAD" ? {} : { body }),
  });
  const answer: Record<string, string> = {};
  response.headers.forEach((value, name) => {
    if (!HOP_BY_HOP.test(name)) answer[name] = value;
  });
  return { status: response.status, headers: answer, body: await response.text() };
}

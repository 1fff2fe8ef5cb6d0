import { type Endpoint, json, listen, type Request, type Response } from "../http";

export interface Shim extends Endpoint {
  /** Every kind of answer that was changed on its way, and every operation that moto lacks. */
  readonly changed: Set<string>;
  /** Requests so far, by service. */
  readonly requests: Map<string, number>;
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
  const requests = new Map<string, number>();
  const loggingConfigs = new Map<string, object>();
  const shim: Pick<Shim, "intercept"> = { intercept: undefined };

  const endpoint = await listen(async (request) => {
    const service = /\/([a-z0-9-]+)\/aws4_request/.exec(request.headers.authorization ?? "")?.[1] ?? "unsigned";
    requests.set(service, (requests.get(service) ?? 0) + 1);
    const intercepted = await shim.intercept?.(request);
    if (intercepted !== undefined) return intercepted;
    rememberLoggingConfig(request, loggingConfigs);
    const response = await forward(motoUrl, request);
    if (response.status >= 500) {
      // The provider would repeat a server error for minutes.
      changed.add(
        `${service}: ${request.headers["x-amz-target"] ?? `${request.method} ${request.path.replace(/\?.*/, "")}`} is not implemented`,
      );
      return json(400, { __type: "NotImplementedByEmulator", message: response.body.slice(0, 300) });
    }
    return withLoggingConfig(request, response, loggingConfigs, changed);
  });
  return Object.assign(shim, { ...endpoint, changed, requests }) as Shim;
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

async function forward(url: string, { method, path, headers, body }: Request): Promise<Response> {
  const { host: _, connection: __, "content-length": ___, "transfer-encoding": ____, expect: _____, ...rest } = headers;
  const response = await fetch(`${url}${path}`, {
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

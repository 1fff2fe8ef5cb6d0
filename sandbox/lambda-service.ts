import type { CredentialStore } from "./credentials";
import { json, type Request, type Response } from "./http";
import type { AccessRequest, Decision } from "./iam";
import type { LambdaFunction } from "./lambda";

const INVOKE = /^\/2015-03-31\/functions\/([^/?]+)\/invocations$/;

/** Invoke as Lambda answers it, behind the function's resource policy. https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html */
export function lambdaService(props: {
  readonly function: LambdaFunction;
  readonly invokePolicy: (functionArn: string) => Promise<object | undefined>;
  readonly credentials: CredentialStore;
  readonly decide: (request: AccessRequest) => Promise<Decision>;
}): (request: Request) => Promise<Response> {
  return async ({ method, path, headers, body }) => {
    const name = decodeURIComponent(INVOKE.exec(path)?.[1] ?? "");
    const { name: functionName, arn, account } = props.function.configuration;
    if (method !== "POST" || ![functionName, arn].includes(name))
      return json(404, { Type: "User", Message: `Function not found: ${name}`, __type: "ResourceNotFoundException" });
    const principal = props.credentials.whoSigned(headers);
    if (principal === undefined)
      return json(403, {
        __type: "UnrecognizedClientException",
        message: "The security token included in the request is invalid.",
      });
    const { allowed } = await props.decide({
      principal,
      action: "lambda:InvokeFunction",
      resource: arn,
      resourceAccount: account,
      resourcePolicy: await props.invokePolicy(arn),
    });
    if (!allowed)
      return json(403, {
        __type: "AccessDeniedException",
        Message: `User: ${principal.arn} is not authorized to perform: lambda:InvokeFunction on resource: ${arn}`,
      });
    const { payload, failed } = await props.function.invoke(JSON.parse(body || "{}"));
    const { status, headers: jsonHeaders, body: text } = json(200, payload);
    return {
      status,
      body: text,
      headers: failed ? { ...jsonHeaders, "x-amz-function-error": "Unhandled" } : jsonHeaders,
    };
  };
}

import { json, type Request, type Response } from "./http";
import type { LambdaFunction } from "./lambda";
import { errorAnswer, type Guard, principalOf, requireAccess, unknownOperation } from "./signed-service";
import { AwsException } from "./user-pool/exception";

const PATH =
  /^\/(?:2015-03-31|2019-09-30)\/functions\/([^/?]+)(?:\/(invocations|configuration|policy|concurrency))?\/?(?:\?.*)?$/;

const ACCOUNT_SETTINGS = /^\/2016-08-19\/account-settings\/?$/;

/** AWS's default; a new account may have less. https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
const CONCURRENT_EXECUTIONS = 1000;

export interface ServedFunction {
  readonly function: LambdaFunction;
  /** Role of the function, as GetFunction tells it. */
  readonly roleArn: string;
  /** Reserved for the function, if anything is. */
  readonly reservedConcurrency: number | undefined;
}

export interface LambdaServiceProps extends Guard {
  /** All of them, in whatever account and Region. */
  readonly functions: readonly [ServedFunction, ...ServedFunction[]];
  readonly invokePolicy: (functionArn: string) => Promise<object | undefined>;
}

type Asked = ServedFunction & Pick<LambdaServiceProps, "invokePolicy">;

interface Reading {
  readonly action: string;
  readonly answer: (asked: Asked) => Promise<object>;
}

/** What an operator reads. https://docs.aws.amazon.com/lambda/latest/api/API_GetFunction.html */
const READINGS: Readonly<Record<string, Reading>> = {
  "": {
    action: "lambda:GetFunction",
    answer: async (props) => ({ Configuration: configuration(props), Tags: {}, ...concurrency(props) }),
  },
  configuration: { action: "lambda:GetFunctionConfiguration", answer: async (props) => configuration(props) },
  policy: {
    action: "lambda:GetPolicy",
    answer: async (props) => {
      const policy = await props.invokePolicy(props.function.configuration.arn);
      if (policy === undefined) throw notThere("The resource you requested does not exist.");
      return { Policy: JSON.stringify(policy), RevisionId: "sandbox" };
    },
  },
  concurrency: {
    action: "lambda:GetFunctionConcurrency",
    answer: async ({ reservedConcurrency }) => ({ ReservedConcurrentExecutions: reservedConcurrency }),
  },
};

/** Lambda's Invoke and what an operator may read of the function. https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html */
export function lambdaService(props: LambdaServiceProps): (request: Request) => Promise<Response> {
  return async (request) => {
    try {
      if (request.method === "GET" && ACCOUNT_SETTINGS.test(request.path)) return await accountSettings(props, request);
      const [, encoded, part = ""] = PATH.exec(request.path) ?? [];
      const isInvocation = part === "invocations" && request.method === "POST";
      const reading = request.method === "GET" ? READINGS[part] : undefined;
      if (encoded === undefined || (reading === undefined && !isInvocation))
        throw unknownOperation(`lambda:${request.method} ${request.path}`);
      const name = decodeURIComponent(encoded);
      const isNamed = ({ function: { configuration } }: ServedFunction): boolean =>
        [configuration.name, configuration.arn].includes(name);
      const found = props.functions.find(isNamed);
      if (isInvocation && found !== undefined) return await invoke(props, found.function, request);
      if (reading === undefined) throw notFound(name);
      const principal = principalOf(props, request);
      const { action } = reading;
      const { arn, account } = (found ?? props.functions[0]).function.configuration;
      const theirs = found !== undefined && (name === arn || principal.account === account);
      await requireAccess(props, principal, {
        action,
        resource: theirs
          ? arn
          : arn.replace(/:\d{12}:function:.*$/, `:${principal.account}:function:${functionNameIn(name)}`),
        ...(theirs ? { resourceAccount: account } : {}),
      });
      if (!theirs) throw notFound(name);
      return json(200, await reading.answer({ ...found, invokePolicy: props.invokePolicy }));
    } catch (error) {
      return errorAnswer(error);
    }
  };
}

async function invoke(props: LambdaServiceProps, fn: LambdaFunction, request: Request): Promise<Response> {
  const { arn, account } = fn.configuration;
  await requireAccess(props, principalOf(props, request), {
    action: "lambda:InvokeFunction",
    resource: arn,
    resourceAccount: account,
    resourcePolicy: await props.invokePolicy(arn),
  });
  const { payload, failed } = await fn.invoke(JSON.parse(request.body || "{}"));
  const { status, headers, body } = json(200, payload);
  return { status, body, headers: failed ? { ...headers, "x-amz-function-error": "Unhandled" } : headers };
}

/** https://docs.aws.amazon.com/lambda/latest/api/API_GetAccountSettings.html */
async function accountSettings(props: LambdaServiceProps, request: Request): Promise<Response> {
  const principal = principalOf(props, request);
  await requireAccess(props, principal, { action: "lambda:GetAccountSettings", resource: "*" });
  const own = props.functions.filter(({ function: fn }) => fn.configuration.account === principal.account);
  const reserved = own.reduce((sum, { reservedConcurrency }) => sum + (reservedConcurrency ?? 0), 0);
  return json(200, {
    AccountLimit: {
      ConcurrentExecutions: CONCURRENT_EXECUTIONS,
      UnreservedConcurrentExecutions: CONCURRENT_EXECUTIONS - reserved,
    },
  });
}

const functionNameIn = (name: string): string => name.split(":function:").at(-1)?.split(":")[0] ?? name;

const notThere = (message: string): AwsException => new AwsException("ResourceNotFoundException", message, 404);
const notFound = (name: string): AwsException => notThere(`Function not found: ${name}`);

const concurrency = ({ reservedConcurrency: reserved }: ServedFunction): object =>
  reserved === undefined ? {} : { Concurrency: { ReservedConcurrentExecutions: reserved } };

/** https://docs.aws.amazon.com/lambda/latest/api/API_FunctionConfiguration.html */
function configuration({ function: { configuration: c, codeSha256 }, roleArn }: ServedFunction): object {
  return {
    FunctionName: c.name,
    FunctionArn: c.arn,
    Role: roleArn,
    Handler: c.handler,
    Timeout: c.timeoutSeconds,
    MemorySize: c.memoryMb,
    CodeSha256: codeSha256,
    Environment: { Variables: c.environment },
    PackageType: "Zip",
    Version: "$LATEST",
    State: "Active",
    LastUpdateStatus: "Successful",
    VpcConfig: { SubnetIds: [], SecurityGroupIds: [], VpcId: "" },
    // Undefined is not there: it goes out as JSON.
    Runtime: c.runtime,
    Architectures: c.architectures,
    LoggingConfig: c.logging,
    KMSKeyArn: c.kmsKeyArn,
  };
}

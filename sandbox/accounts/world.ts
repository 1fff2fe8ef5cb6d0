import type { Alarm } from "../aws/account-services";
import type { Clock } from "../aws/clock";
import type { CredentialStore, Credentials } from "../aws/credentials";
import type { BusEvent } from "../aws/event-bridge";
import type { Faults } from "../aws/faults";
import type { Misbehaviour, Request, Response } from "../aws/http";
import type { Decision } from "../aws/iam";
import type { LambdaFunction } from "../aws/lambda";
import type { LogStore } from "../aws/logs";
import type { Role } from "../aws/sts";
import type { Sent } from "../aws/user-pool/codes";
import type { SeedUserPool } from "../aws/user-pool/seed";
import type { UserPool } from "../aws/user-pool/user-pool";
import type { PlacedFunction } from "./serve-function";

export interface Place {
  readonly account: string;
  readonly region: string;
}

/**
 * What stands in the two accounts. Roles and policies are asked for at every decision, so that a change behind them
 * counts at once.
 */
export interface Cloud {
  readonly source: Place & { readonly pool: SeedUserPool };
  readonly destination: Place & { readonly pool: SeedUserPool };
  /** The one that migrates first. */
  readonly functions: readonly [PlacedFunction, ...PlacedFunction[]];
  /** In the destination account. */
  readonly alarms?: readonly Alarm[];
  readonly findRole: (arn: string) => Promise<Role | undefined>;
  readonly invokePolicy: (functionArn: string) => Promise<object | undefined>;
}

/** One account's user pool as its users and its administrator see it. */
export interface Side extends Place {
  /** Where this side can be switched off. It answers for both pools, as `World.urls` does. */
  readonly url: string;
  readonly userPoolId: string;
  /** App client of the applications: the pool's first. */
  readonly clientId: string;
  readonly administrator: Credentials;
  /** What it holds, to fill it and to look into it past the API. */
  readonly userPool: UserPool;
  /** CloudWatch Logs of the account in this Region. */
  readonly logs: LogStore;
  /** Ends the user pool for good: connections to its own endpoint are refused, others about it break. */
  switchOff(): Promise<void>;
}

/**
 * One endpoint for each service, whatever the account: who asks is told by the credentials. By the variables that lead there.
 * https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html
 */
export const ENDPOINTS = {
  cognitoIdentityProvider: "AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER",
  sts: "AWS_ENDPOINT_URL_STS",
  lambda: "AWS_ENDPOINT_URL_LAMBDA",
  cloudWatchLogs: "AWS_ENDPOINT_URL_CLOUDWATCH_LOGS",
  iam: "AWS_ENDPOINT_URL_IAM",
  cloudWatch: "AWS_ENDPOINT_URL_CLOUDWATCH",
  serviceQuotas: "AWS_ENDPOINT_URL_SERVICE_QUOTAS",
  eventBridge: "AWS_ENDPOINT_URL_EVENTBRIDGE",
  /** Of every other service, to say that it is not there. */
  other: "AWS_ENDPOINT_URL",
} as const;
export type ServiceName = keyof typeof ENDPOINTS;
const NAMES = Object.keys(ENDPOINTS) as ServiceName[];

/** Where the services of a world are. All endpoints serve both accounts. */
export const endpointVariables = (urls: World["urls"]): Readonly<Record<string, string>> =>
  Object.fromEntries(NAMES.map((name) => [ENDPOINTS[name], urls[name]]));

export interface World {
  readonly source: Side;
  readonly destination: Side;
  /** The one that migrates. */
  readonly function: LambdaFunction;
  /** All of them: that one, and the others in order. */
  readonly functions: readonly LambdaFunction[];
  /** What was put on event buses, in order. */
  readonly busEvents: readonly BusEvent[];
  /** Every decision that IAM was asked for, in order. */
  readonly decisions: readonly Decision[];
  readonly credentials: CredentialStore;
  readonly urls: Readonly<Record<ServiceName, string>>;
  /** What is to go wrong in the user pools, by operation. */
  readonly faults: Faults;
  /** By which users are created and changed, and lines of a log written. */
  readonly clock: Clock;
  /** From now on this one hears what happens, too. */
  tellAlso(tell: Tell): void;
  close(): Promise<void>;
}

/** Who wants to hear what happens while it happens. */
export interface Tell {
  /** A line of a function's log. */
  readonly log?: (line: string, functionName: string) => void;
  /** A code that one of the user pools sent. */
  readonly code?: (code: string, sent: Sent, side: "source" | "destination") => void;
  /** A request to a service, when it comes; what this returns hears the answer. Both hold passwords and tokens, which nobody keeps. */
  readonly request?: (service: ServiceName, request: Request) => (answer: Response | Misbehaviour) => void;
}

import type { MetricAlarm } from "@aws-sdk/client-cloudwatch";
import type { LogGroup } from "@aws-sdk/client-cloudwatch-logs";
import type {
  GetUserPoolMfaConfigCommandOutput,
  GroupType,
  UserPoolClientType,
  UserPoolReplicaType,
  UserPoolType,
} from "@aws-sdk/client-cognito-identity-provider";
import type { FunctionConfiguration } from "@aws-sdk/client-lambda";
import type { Explanation } from "../aws/explanation";
import type { SideName } from "../aws/side";

/** Whether one side could be reached, as the first thing that is asked. */
export interface Reach {
  /** Of the credentials; undefined when not even that could be asked. */
  readonly account: string | undefined;
  /** Of the settings. */
  readonly expectedAccount: string | undefined;
  /** Undefined: the user pool has answered. */
  readonly problem: Explanation | undefined;
}

/** A role, with all that it may do. */
export interface RoleFacts {
  readonly arn: string;
  readonly trustPolicy: unknown;
  /** Inline policies. */
  readonly permissions: readonly unknown[];
  /** Names of managed policies. */
  readonly attached: readonly string[];
  /** ARN of the managed policy that narrows all these, if one does. */
  readonly permissionsBoundary: string | undefined;
}

export type AssumeAnswers = Readonly<
  Record<"withExternalId" | "withoutExternalId" | "withAnotherExternalId", "assumed" | "refused">
>;

export interface DeployedFunction {
  readonly configuration: FunctionConfiguration;
  /** Undefined: the function shares what the account has. */
  readonly reservedConcurrency: number | undefined;
}

/** How many executions of all functions Lambda runs at a time, in the account and Region. */
export interface AccountConcurrency {
  readonly limit: number;
  /** Reserved for no function. */
  readonly unreserved: number;
}

/** What AWS is asked, by the name that checks ask for it. */
export interface FactValues {
  readonly source: UserPoolType;
  readonly destination: UserPoolType;
  readonly sourceClients: readonly UserPoolClientType[];
  readonly destinationClients: readonly UserPoolClientType[];
  /** The destination itself among them, or nobody where the pool has none. */
  readonly destinationReplicas: readonly UserPoolReplicaType[];
  readonly destinationMfa: Pick<GetUserPoolMfaConfigCommandOutput, "MfaConfiguration" | "SmsMfaConfiguration">;
  /** Undefined: the source has no app client of that id. */
  readonly migrationClient: UserPoolClientType | undefined;
  readonly sourceRole: RoleFacts | undefined;
  readonly functionRole: RoleFacts | undefined;
  /** AssumeRole as the operator at the destination. */
  readonly operatorAssumes: AssumeAnswers;
  /** AssumeRole as the function. */
  readonly functionAssumes: AssumeAnswers;
  readonly function: DeployedFunction | undefined;
  readonly accountConcurrency: AccountConcurrency;
  /** Undefined: there is none. */
  readonly invokePolicy: unknown;
  readonly logGroup: LogGroup | undefined;
  readonly alarms: readonly MetricAlarm[];
  readonly tokenFunction: DeployedFunction | undefined;
  readonly tokenFunctionRole: RoleFacts | undefined;
  /** Undefined: there is none. */
  readonly tokenInvokePolicy: unknown;
  readonly tokenLogGroup: LogGroup | undefined;
  readonly sourceGroups: readonly GroupType[];
  readonly destinationGroups: readonly GroupType[];
  /** Requests per second of the category UserAuthentication. */
  readonly sourceQuota: number;
}

export type FactName = keyof FactValues;

export type Fact<T> =
  | { readonly known: true; readonly value: T }
  | { readonly known: false; readonly reason: string; readonly remedy: string };

export type Facts = { readonly [Name in FactName]: Fact<FactValues[Name]> };

interface FactSource {
  readonly side: SideName;
  /** IAM actions. */
  readonly permissions: readonly string[];
}

const of =
  (side: SideName) =>
  (...permissions: readonly string[]): FactSource => ({ side, permissions });
const [source, destination] = [of("source"), of("destination")];

const READ_CLIENTS = ["cognito-idp:ListUserPoolClients", "cognito-idp:DescribeUserPoolClient"];
const READ_FUNCTION = ["lambda:GetFunctionConfiguration", "lambda:GetFunctionConcurrency"];
const READ_ROLE = ["iam:GetRole", "iam:ListRolePolicies", "iam:GetRolePolicy", "iam:ListAttachedRolePolicies"];

/** Where each fact comes from, for whom to ask, the list of permissions, and what is said when one of them is missing. */
export const FACT_SOURCES: Readonly<Record<FactName, FactSource>> = {
  source: source("cognito-idp:DescribeUserPool"),
  destination: destination("cognito-idp:DescribeUserPool"),
  sourceClients: source(...READ_CLIENTS),
  destinationClients: destination(...READ_CLIENTS),
  destinationReplicas: destination("cognito-idp:ListUserPoolReplicas"),
  destinationMfa: destination("cognito-idp:GetUserPoolMfaConfig"),
  migrationClient: source("cognito-idp:DescribeUserPoolClient"),
  sourceRole: source(...READ_ROLE),
  functionRole: destination(...READ_ROLE),
  operatorAssumes: destination("sts:AssumeRole"),
  functionAssumes: destination("sts:AssumeRole"),
  function: destination(...READ_FUNCTION),
  accountConcurrency: destination("lambda:GetAccountSettings"),
  invokePolicy: destination("lambda:GetPolicy"),
  logGroup: destination("logs:DescribeLogGroups"),
  alarms: destination("cloudwatch:DescribeAlarms"),
  tokenFunction: destination(...READ_FUNCTION),
  tokenFunctionRole: destination(...READ_ROLE),
  tokenInvokePolicy: destination("lambda:GetPolicy"),
  tokenLogGroup: destination("logs:DescribeLogGroups"),
  sourceGroups: source("cognito-idp:ListGroups"),
  destinationGroups: destination("cognito-idp:ListGroups"),
  sourceQuota: source("servicequotas:ListServiceQuotas", "servicequotas:ListAWSDefaultServiceQuotas"),
};

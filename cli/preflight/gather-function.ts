import { DescribeAlarmsCommand, type MetricAlarm } from "@aws-sdk/client-cloudwatch";
import { DescribeLogGroupsCommand, type LogGroup } from "@aws-sdk/client-cloudwatch-logs";
import {
  GetAccountSettingsCommand,
  GetFunctionConcurrencyCommand,
  GetFunctionConfigurationCommand,
} from "@aws-sdk/client-lambda";
import {
  paginateListAWSDefaultServiceQuotas,
  paginateListServiceQuotas,
  type ServiceQuota,
} from "@aws-sdk/client-service-quotas";
import type { DestinationSettings } from "../../config/deployment";
import type { Aws } from "../aws/clients";
import type { ConfirmedPool } from "../aws/confirmed-pool";
import { readResourcePolicy } from "../aws/function-policy";
import { ifThere } from "../aws/if-there";
import type { CheckedFunction } from "./checked-function";
import type { AccountConcurrency, DeployedFunction } from "./facts";
import { Unavailable } from "./gather-fact";
import { readRole } from "./gather-role";

async function readFunction(aws: Aws, FunctionName: string): Promise<DeployedFunction | undefined> {
  const lambda = aws.lambda();
  const configuration = await ifThere(["ResourceNotFoundException"], () =>
    lambda.send(new GetFunctionConfigurationCommand({ FunctionName })),
  );
  if (configuration === undefined) return undefined;
  const { ReservedConcurrentExecutions } = await lambda.send(new GetFunctionConcurrencyCommand({ FunctionName }));
  return { configuration, reservedConcurrency: ReservedConcurrentExecutions };
}

/** https://docs.aws.amazon.com/lambda/latest/api/API_AccountLimit.html */
export async function readAccountConcurrency(aws: Aws): Promise<AccountConcurrency> {
  const { AccountLimit = {} } = await aws.lambda().send(new GetAccountSettingsCommand({}));
  const { ConcurrentExecutions: limit, UnreservedConcurrentExecutions: unreserved } = AccountLimit;
  if (limit === undefined || unreserved === undefined) throw aws.unusable("GetAccountSettings", "no limit");
  return { limit, unreserved };
}

async function readLogGroup(aws: Aws, name: string): Promise<LogGroup | undefined> {
  const { logGroups = [] } = await aws.logs().send(new DescribeLogGroupsCommand({ logGroupNamePrefix: name }));
  return logGroups.find(({ logGroupName }) => logGroupName === name);
}

export async function readAlarms(aws: Aws, names: readonly string[]): Promise<readonly MetricAlarm[]> {
  const { MetricAlarms = [] } = await aws.cloudWatch().send(new DescribeAlarmsCommand({ AlarmNames: [...names] }));
  return MetricAlarms;
}

/** Service Quotas knows them by codes, which AWS lists nowhere, and by names: "Rate of UserAuthentication requests". */
const isSignIns = ({ QuotaName = "" }: ServiceQuota): boolean => QuotaName.includes("UserAuthentication");

/**
 * Requests per second of the category UserAuthentication. Quotas that were never changed are listed among the defaults only.
 * https://docs.aws.amazon.com/servicequotas/2019-06-24/apireference/API_ListServiceQuotas.html
 *
 * @throws {Unavailable} when neither list has it.
 */
export async function readSignInQuota(aws: Aws): Promise<number> {
  const client = aws.serviceQuotas();
  for (const paginate of [paginateListServiceQuotas, paginateListAWSDefaultServiceQuotas])
    for await (const { Quotas = [] } of paginate({ client }, { ServiceCode: "cognito-idp" })) {
      const value = Quotas.find(isSignIns)?.Value;
      if (value !== undefined) return value;
    }
  throw new Unavailable(
    "Service Quotas does not list UserAuthentication.",
    "Look the quota up in the Cognito console, and set SOURCE_SIGN_IN_QUOTA.",
  );
}

export function functionReaders(fn: CheckedFunction, settings: DestinationSettings) {
  const names = fn.namesOf(settings);
  return {
    deployed: ({ aws }: ConfirmedPool) => readFunction(aws, names.function),
    role: ({ aws }: ConfirmedPool) => readRole(aws, names.role),
    invokePolicy: (place: ConfirmedPool) => readResourcePolicy(place, names.function),
    logGroup: ({ aws }: ConfirmedPool) => readLogGroup(aws, names.logGroup),
  };
}

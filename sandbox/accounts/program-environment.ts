import { credentialVariables } from "../aws/credentials";
import type { Side, World } from "./world";

/**
 * Where the services of a world are. All endpoints serve both accounts.
 * https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html
 */
export function endpointVariables({ urls }: World): Readonly<Record<string, string>> {
  return {
    AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER: urls.cognitoIdentityProvider,
    AWS_ENDPOINT_URL_STS: urls.sts,
    AWS_ENDPOINT_URL_LAMBDA: urls.lambda,
    AWS_ENDPOINT_URL_CLOUDWATCH_LOGS: urls.cloudWatchLogs,
    AWS_ENDPOINT_URL_IAM: urls.iam,
    AWS_ENDPOINT_URL_CLOUDWATCH: urls.cloudWatch,
    AWS_ENDPOINT_URL_SERVICE_QUOTAS: urls.serviceQuotas,
    AWS_ENDPOINT_URL: urls.other,
  };
}

/** The environment of a program that works in one account of the world. */
export function environmentFor(world: World, { administrator, region }: Side): Readonly<Record<string, string>> {
  return {
    ...credentialVariables(administrator),
    AWS_REGION: region,
    ...endpointVariables(world),
  };
}

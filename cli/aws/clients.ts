import { CloudWatchClient } from "@aws-sdk/client-cloudwatch";
import { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import { CognitoIdentityProviderClient } from "@aws-sdk/client-cognito-identity-provider";
import { IAMClient } from "@aws-sdk/client-iam";
import { LambdaClient } from "@aws-sdk/client-lambda";
import { ServiceQuotasClient } from "@aws-sdk/client-service-quotas";
import { STSClient } from "@aws-sdk/client-sts";
import type { Side } from "../sides";

/**
 * How patient the SDK is. Throttling is waited out: with the SDK's own backoff of at most 20 s, twelve attempts take some
 * minutes, and `adaptive` slows down before the next call is refused.
 * https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html
 */
const PATIENCE = { maxAttempts: 12, retryMode: "adaptive" } as const;

/** The AWS of one side: its Region, with the credentials of its account. Clients are made when first asked for. */
export class Aws {
  private readonly configuration: { readonly region: string; readonly profile?: string };

  constructor(readonly side: Side) {
    this.configuration = {
      ...PATIENCE,
      region: side.region,
      ...(side.profile === undefined ? {} : { profile: side.profile }),
    };
  }

  /** User pools. */
  readonly cognito = once(() => new CognitoIdentityProviderClient(this.configuration));
  readonly iam = once(() => new IAMClient(this.configuration));
  readonly sts = once(() => new STSClient(this.configuration));
  readonly lambda = once(() => new LambdaClient(this.configuration));
  readonly cloudWatch = once(() => new CloudWatchClient(this.configuration));
  readonly logs = once(() => new CloudWatchLogsClient(this.configuration));
  readonly serviceQuotas = once(() => new ServiceQuotasClient(this.configuration));
}

function once<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

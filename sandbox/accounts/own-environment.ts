import { devNull } from "node:os";

/** Only keeps the SDK quiet. */
const HARMLESS = "AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED";

/**
 * Makes the AWS SDK in this process forget whose machine it runs on: what an operator has set for AWS would make it refuse the
 * services here (`AWS_USE_FIPS_ENDPOINT`), or wait for others. The files stand in for the operator's, and are empty.
 * https://docs.aws.amazon.com/sdkref/latest/guide/settings-reference.html
 */
export function forgetSurroundings(environment: NodeJS.ProcessEnv): void {
  for (const name of Object.keys(environment))
    if (name.startsWith("AWS_") && name !== HARMLESS) delete environment[name];
  environment["AWS_CONFIG_FILE"] = devNull;
  environment["AWS_SHARED_CREDENTIALS_FILE"] = devNull;
}

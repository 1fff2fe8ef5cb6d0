import { partitionOf } from "../../rules/partitions";

/**
 * Where the SDK will send the calls, guessed so that connections can be opened before it has loaded. A wrong guess costs a
 * connection that nobody uses, and nothing else.
 * https://docs.aws.amazon.com/general/latest/gr/cognito_identity.html
 * https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html
 */
export function endpoints(env: Readonly<Record<string, string | undefined>>): URL[] {
  const { AWS_REGION, SOURCE_REGION } = env;
  const urls = [
    env["AWS_ENDPOINT_URL_STS"] ?? env["AWS_ENDPOINT_URL"] ?? (AWS_REGION && `https://sts.${domain(AWS_REGION)}`),
    env["AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER"] ??
      env["AWS_ENDPOINT_URL"] ??
      (SOURCE_REGION && `https://cognito-idp.${domain(SOURCE_REGION)}`),
  ];
  return urls.flatMap((url) => (url !== undefined && URL.canParse(url) ? [new URL(url)] : []));
}

/**
 * Of one service in the function's own Region, for whoever calls it without the SDK. The names of the variables are the SDK's.
 * https://docs.aws.amazon.com/general/latest/gr/cognito_identity.html
 * https://docs.aws.amazon.com/general/latest/gr/ev.html
 */
export function endpointOf(
  env: Readonly<Record<string, string | undefined>>,
  { name, host }: { readonly name: "COGNITO_IDENTITY_PROVIDER" | "EVENTBRIDGE"; readonly host: string },
): URL {
  const fips = env["AWS_USE_FIPS_ENDPOINT"] === "true" ? "-fips" : "";
  const usual = `https://${host}${fips}.${domain(env["AWS_REGION"] ?? "")}`;
  return new URL(env[`AWS_ENDPOINT_URL_${name}`] ?? env["AWS_ENDPOINT_URL"] ?? usual);
}

const domain = (region: string): string => `${region}.${partitionOf(region).dnsSuffix}`;

import type { Readable } from "node:stream";

/** What the SDK collects an answer with. Its own asks first whether the stream is a web stream, for which Node.js loads all of them: 3 ms of INIT. */
function streamCollector(stream: Readable): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    stream
      .on("data", (chunk: Buffer) => chunks.push(chunk))
      .once("end", () => resolve(Buffer.concat(chunks)))
      .once("error", reject);
  });
}

/**
 * Settings that every client of the function has. Unless it is given them, the SDK looks for each in the environment and in
 * ~/.aws/config, at the first request. Lambda has no such file; endpoints, FIPS and dual-stack count as the environment says.
 * https://docs.aws.amazon.com/sdkref/latest/guide/settings-reference.html
 */
export function clientSettings(service: "STS" | "COGNITO_IDENTITY_PROVIDER") {
  const { env } = process;
  const endpoint = env[`AWS_ENDPOINT_URL_${service}`] ?? env["AWS_ENDPOINT_URL"];
  return {
    // Whether something is sent again is decided in retry.ts, so the SDK itself sends once.
    maxAttempts: 1,
    retryMode: "standard",
    defaultsMode: "standard",
    useFipsEndpoint: env["AWS_USE_FIPS_ENDPOINT"] === "true",
    useDualstackEndpoint: env["AWS_USE_DUALSTACK_ENDPOINT"] === "true",
    userAgentAppId: async () => env["AWS_SDK_UA_APP_ID"],
    authSchemePreference: async (): Promise<string[]> => [],
    streamCollector,
    ...(endpoint === undefined ? { ignoreConfiguredEndpointUrls: true } : { endpoint }),
  } as const;
}

/** Where an AWS CLI command goes that says nothing of it: what the environment and the profiles would tell. */
export interface Defaults {
  readonly endpoint: string;
  readonly region: string;
  /** As a profile would sign; unsigned unless given. */
  readonly credentials?: { readonly accessKeyId: string; readonly sessionToken: string };
}

const pascalCase = (name: string): string =>
  name.replaceAll(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase());

const members = (text: string): Record<string, string> =>
  Object.fromEntries(
    text.split(",").map((pair) => [pair.slice(0, pair.indexOf("=")), pair.slice(pair.indexOf("=") + 1)]),
  );

/** Of parameters that are no plain text: https://docs.aws.amazon.com/cli/latest/userguide/cli-usage-shorthand.html */
const SHORTHAND: Readonly<Record<string, (text: string) => unknown>> = {
  "auth-parameters": members,
  "user-attributes": (text) => [members(text)],
  "user-attribute-names": (text) => [text],
  permanent: (text) => text === "true",
};

/**
 * Sends what `aws cognito-idp OPERATION --name value ...` sends, without the AWS CLI: for commands that are printed or documented.
 *
 * @param line As a shell takes it, with `\` at the ends of lines and single quotes.
 * @returns the answer's body.
 */
export async function runAwsCommand(line: string, defaults: Defaults): Promise<Record<string, unknown>> {
  const words = [...line.replaceAll("\\\n", " ").matchAll(/'([^']*)'|(\S+)/g)].map(
    ([, quoted, bare]) => quoted ?? bare ?? "",
  );
  const [aws, service, operation = "", ...rest] = words;
  if (aws !== "aws" || service !== "cognito-idp") throw new Error(`no command of aws cognito-idp: ${line}`);
  const options = new Map<string, string>();
  const isUnsigned = rest.includes("--no-sign-request");
  const named = rest.filter((word) => word !== "--no-sign-request");
  for (let at = 0; at < named.length; at += 2) options.set(named[at]?.replace(/^--/, "") ?? "", named[at + 1] ?? "");
  const endpoint = options.get("endpoint-url") ?? defaults.endpoint;
  const region = options.get("region") ?? defaults.region;
  const { credentials } = defaults;
  const headers = new Headers({
    "content-type": "application/x-amz-json-1.1",
    "x-amz-target": `AWSCognitoIdentityProviderService.${pascalCase(operation)}`,
  });
  if (!isUnsigned && credentials !== undefined) {
    const scope = `20260101/${region}/cognito-idp/aws4_request`;
    headers.set("authorization", `AWS4-HMAC-SHA256 Credential=${credentials.accessKeyId}/${scope}`);
    headers.set("x-amz-security-token", credentials.sessionToken);
  }
  const given = [...options].filter(([name]) => !["endpoint-url", "region", "profile"].includes(name));
  const body = Object.fromEntries(given.map(([name, value]) => [pascalCase(name), SHORTHAND[name]?.(value) ?? value]));
  const response = await fetch(endpoint, { method: "POST", headers, body: JSON.stringify(body) });
  return (await response.json()) as Record<string, unknown>;
}

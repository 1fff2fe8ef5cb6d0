import "../../support/quiet-sdk";
import { AdminGetUserCommand, CognitoIdentityProviderClient } from "@aws-sdk/client-cognito-identity-provider";
import { AssumeRoleCommand, STSClient } from "@aws-sdk/client-sts";
import { clientSettings } from "../../../handler/aws/client-settings";

const REGIONS = ["eu-west-1", "us-gov-west-1", "cn-north-1", "eusc-de-east-1"];

/** Environments by which one reaches another host than usual. */
const ENVIRONMENTS: readonly Readonly<Record<string, string>>[] = [
  {},
  { AWS_USE_FIPS_ENDPOINT: "true" },
  { AWS_USE_DUALSTACK_ENDPOINT: "true" },
  { AWS_USE_FIPS_ENDPOINT: "true", AWS_USE_DUALSTACK_ENDPOINT: "true" },
  { AWS_USE_FIPS_ENDPOINT: "false", AWS_USE_DUALSTACK_ENDPOINT: "false" },
  { AWS_ENDPOINT_URL: "https://vpce.example.invalid" },
  { AWS_ENDPOINT_URL_STS: "https://sts.example.invalid" },
  {
    AWS_ENDPOINT_URL: "https://vpce.example.invalid",
    AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER: "https://idp.example.invalid:8443/path",
  },
];

interface Sent {
  readonly protocol: string;
  readonly hostname: string;
  readonly port?: number;
  readonly path: string;
}

/** An HTTP handler of the SDK that keeps what it was to send. */
function keeping(): { readonly sent: Sent[]; readonly requestHandler: never } {
  const sent: Sent[] = [];
  const handle = async ({ protocol, hostname, port, path }: Sent) => {
    sent.push({ protocol, hostname, path, ...(port === undefined ? {} : { port }) });
    throw new Error("kept");
  };
  return { sent, requestHandler: { handle } as never };
}

const COMMON = { credentials: { accessKeyId: "AKIAEXAMPLE", secretAccessKey: "no-real-key" }, maxAttempts: 1 };

/** Where both clients send to, in this process's environment. @returns undefined where there is no such endpoint. */
async function addresses(settings: (service: "STS" | "COGNITO_IDENTITY_PROVIDER") => object, region: string) {
  const { sent, requestHandler } = keeping();
  const common = { ...COMMON, region, requestHandler };
  await new STSClient({ ...settings("STS"), ...common })
    .send(new AssumeRoleCommand({ RoleArn: "arn:aws:iam::111111111111:role/r", RoleSessionName: "s" }))
    .catch(() => undefined);
  await new CognitoIdentityProviderClient({ ...settings("COGNITO_IDENTITY_PROVIDER"), ...common })
    .send(new AdminGetUserCommand({ UserPoolId: `${region}_Source001`, Username: "u" }))
    .catch(() => undefined);
  return sent;
}

const own = { ...process.env };
afterEach(() => {
  process.env = { ...own };
});

test.each(REGIONS.flatMap((region) => ENVIRONMENTS.map((environment) => ({ region, environment }))))(
  "in $region with $environment, requests go where the SDK by itself would send them",
  async ({ region, environment }) => {
    process.env = { ...own, ...environment };
    const bySdk = await addresses(() => ({}), region);
    expect(await addresses(clientSettings, region)).toEqual(bySdk);
    expect(bySdk.length).toBeGreaterThan(0);
  },
);

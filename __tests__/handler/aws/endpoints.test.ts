import "../../support/quiet-sdk";
import { CognitoIdentityProviderClient } from "@aws-sdk/client-cognito-identity-provider";
import { STSClient } from "@aws-sdk/client-sts";
import { endpointOf, endpoints } from "../../../handler/aws/endpoints";
import { SDK_REGIONS } from "../../support/sdk-partitions";

const hrefs = (env: Record<string, string>): string[] => endpoints(env).map(({ href }) => href);
const REGIONS = { AWS_REGION: "eu-central-1", SOURCE_REGION: "eu-west-1" };

test("STS is in the function's Region, the source pool in its own", () => {
  expect(hrefs(REGIONS)).toEqual([
    "https://sts.eu-central-1.amazonaws.com/",
    "https://cognito-idp.eu-west-1.amazonaws.com/",
  ]);
});

describe("in every Region of every partition", () => {
  const own = { region: "eu-west-1", credentials: { accessKeyId: "a", secretAccessKey: "b" } };
  const [sts, cognito] = [new STSClient(own), new CognitoIdentityProviderClient(own)];

  test.each(SDK_REGIONS)("%s: the AWS SDK would go to the same hosts", (Region) => {
    const at = { Region, UseDualStack: false, UseFIPS: false };
    expect(hrefs({ AWS_REGION: Region, SOURCE_REGION: Region })).toEqual([
      sts.config.endpointProvider({ ...at, UseGlobalEndpoint: false }).url.href,
      cognito.config.endpointProvider(at).url.href,
    ]);
  });
});

test("endpoints that are set are used", () => {
  expect(hrefs({ ...REGIONS, AWS_ENDPOINT_URL: "https://localhost:1" })).toEqual([
    "https://localhost:1/",
    "https://localhost:1/",
  ]);
  const own = { AWS_ENDPOINT_URL_STS: "https://a:1", AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER: "https://b:2" };
  expect(hrefs({ ...REGIONS, AWS_ENDPOINT_URL: "https://localhost:1", ...own })).toEqual([
    "https://a:1/",
    "https://b:2/",
  ]);
});

test("without Regions, or with something that is no URL, nothing is opened", () => {
  expect(endpoints({})).toEqual([]);
  expect(endpoints({ AWS_ENDPOINT_URL: "not a url" })).toEqual([]);
});

describe("one service in the function's own Region", () => {
  const events = { name: "EVENTBRIDGE", host: "events" } as const;
  const href = (env: Record<string, string>) => endpointOf({ AWS_REGION: "eu-central-1", ...env }, events).href;

  test.each<[string, Record<string, string>, string]>([
    ["its own host", {}, "https://events.eu-central-1.amazonaws.com/"],
    ["in another partition", { AWS_REGION: "cn-north-1" }, "https://events.cn-north-1.amazonaws.com.cn/"],
    ["with FIPS", { AWS_USE_FIPS_ENDPOINT: "true" }, "https://events-fips.eu-central-1.amazonaws.com/"],
    ["with FIPS off", { AWS_USE_FIPS_ENDPOINT: "false" }, "https://events.eu-central-1.amazonaws.com/"],
    ["an endpoint for all", { AWS_ENDPOINT_URL: "https://a:1" }, "https://a:1/"],
    [
      "one of its own",
      { AWS_ENDPOINT_URL: "https://a:1", AWS_ENDPOINT_URL_EVENTBRIDGE: "https://b:2" },
      "https://b:2/",
    ],
    [
      "not another's",
      { AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER: "https://b:2" },
      "https://events.eu-central-1.amazonaws.com/",
    ],
  ])("%s", (_, env, expected) => {
    expect(href(env)).toBe(expected);
  });
});

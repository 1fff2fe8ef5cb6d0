import { endpoints } from "../../handler/endpoints";

const hrefs = (env: Record<string, string>): string[] => endpoints(env).map(({ href }) => href);
const REGIONS = { AWS_REGION: "eu-central-1", SOURCE_REGION: "eu-west-1" };

test("STS is in the function's Region, the source pool in its own", () => {
  expect(hrefs(REGIONS)).toEqual([
    "https://sts.eu-central-1.amazonaws.com/",
    "https://cognito-idp.eu-west-1.amazonaws.com/",
  ]);
});

test("China has a domain of its own", () => {
  expect(hrefs({ AWS_REGION: "cn-north-1", SOURCE_REGION: "cn-northwest-1" })).toEqual([
    "https://sts.cn-north-1.amazonaws.com.cn/",
    "https://cognito-idp.cn-northwest-1.amazonaws.com.cn/",
  ]);
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

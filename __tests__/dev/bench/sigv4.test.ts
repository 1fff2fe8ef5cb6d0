import { type SignedParts, signatureOf, signatureProblem } from "../../../dev/bench/sigv4";

/** AWS's published example keys and requests: the Signature Version 4 test suite, and IAM ListUsers of the old guide. */
const SECRET = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
const TIME = "20150830T123600Z";

test("signs as the test suite's get-vanilla", () => {
  const headers = { host: "example.amazonaws.com", "x-amz-date": TIME };
  const request = { method: "GET", path: "/", headers, body: "" };
  const scope = { region: "us-east-1", service: "service", time: TIME };
  expect(signatureOf(request, ["host", "x-amz-date"], scope, SECRET)).toBe(
    "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31",
  );
});

test("signs as the guide's ListUsers, with a query and a trimmed header", () => {
  const headers = {
    "content-type": "  application/x-www-form-urlencoded;   charset=utf-8 ",
    host: "iam.amazonaws.com",
    "x-amz-date": TIME,
  };
  const request = { method: "GET", path: "/", query: "Action=ListUsers&Version=2010-05-08", headers, body: "" };
  const scope = { region: "us-east-1", service: "iam", time: TIME };
  expect(signatureOf(request, ["content-type", "host", "x-amz-date"], scope, SECRET)).toBe(
    "5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7",
  );
});

describe("a request that arrives", () => {
  const names = ["content-type", "host", "x-amz-date", "x-amz-security-token", "x-amz-target"];

  function signed(over: Partial<SignedParts> = {}, signedNames = names): SignedParts {
    const request: SignedParts = {
      method: "POST",
      path: "/",
      body: '{"Username":"jane"}',
      ...over,
      headers: {
        "content-type": "application/x-amz-json-1.1",
        host: "localhost:1",
        "x-amz-date": TIME,
        "x-amz-security-token": "a-token",
        "x-amz-target": "AWSCognitoIdentityProviderService.AdminGetUser",
        ...over.headers,
      },
    };
    const scope = { region: "eu-west-1", service: "cognito-idp", time: TIME };
    const authorization = `AWS4-HMAC-SHA256 Credential=ASIAEXAMPLE/20150830/eu-west-1/cognito-idp/aws4_request, SignedHeaders=${signedNames.join(";")}, Signature=${signatureOf(request, signedNames, scope, SECRET)}`;
    return { ...request, headers: { ...request.headers, authorization } };
  }

  const problemOf = (request: SignedParts, service = "cognito-idp"): string | undefined =>
    signatureProblem(request, service, (id) =>
      id === "ASIAEXAMPLE" ? { secretAccessKey: SECRET, sessionToken: "a-token" } : undefined,
    );
  const changed = (headers: Record<string, string>): SignedParts => {
    const request = signed();
    return { ...request, headers: { ...request.headers, ...headers } };
  };

  test("passes as it was signed", () => {
    expect(problemOf(signed())).toBeUndefined();
  });

  test.each<[string, SignedParts, string]>([
    ["its body was changed", { ...signed(), body: '{"Username":"joe"}' }, "does not match"],
    ["a signed header was changed", changed({ "x-amz-target": "Other.AdminGetUser" }), "does not match"],
    ["it is not signed", { ...signed(), headers: {} }, "no AWS4-HMAC-SHA256"],
    ["its session token is another", changed({ "x-amz-security-token": "old" }), "session token"],
    ["its time is of another day", changed({ "x-amz-date": "20150831T000000Z" }), "X-Amz-Date"],
    ["its host is not signed", signed({}, ["x-amz-date"]), "host is not signed"],
    [
      "nobody was given its key",
      changed({ authorization: String(signed().headers["authorization"]).replace("ASIAEXAMPLE", "ASIAOTHER") }),
      "unknown access key",
    ],
  ])("is refused when %s", (_, request, problem) => {
    expect(problemOf(request)).toContain(problem);
  });

  test("is refused at another service than it was signed for", () => {
    expect(problemOf(signed(), "sts")).toContain("signed for cognito-idp");
  });
});

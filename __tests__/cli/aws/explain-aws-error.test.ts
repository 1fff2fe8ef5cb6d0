import { TooManyRequestsException } from "@aws-sdk/client-cognito-identity-provider";
import { tagCallOrigin } from "../../../cli/aws/call-origin";
import { explainAwsError } from "../../../cli/aws/explain-aws-error";
import { NoAnswer } from "../../../cli/aws/no-answer";
import { UnusableAnswer } from "../../../cli/aws/unusable-answer";

const named = (name: string, over: object = {}): Error => Object.assign(new Error("said AWS"), { name, ...over });

const SOURCE = {
  name: "source",
  userPoolId: "eu-west-1_X",
  region: "eu-west-1",
  account: undefined,
  profile: "src",
} as const;
const DESTINATION = { ...SOURCE, name: "destination", profile: undefined } as const;

/** What is said of an error of a call to that side. */
function saidOf(error: Error, side: typeof SOURCE | typeof DESTINATION, account?: string): string | undefined {
  tagCallOrigin(error, { side, account });
  return explainAwsError(error);
}

test("AccessDeniedException: what AWS said, whom it was asked of, and what to do", () => {
  const error = named("AccessDeniedException", { $fault: "client" });
  expect(explainAwsError(error)).toMatch(
    /^AWS refused: AccessDeniedException: said AWS\n.*may not do that\. The command's page in docs\/cli\//,
  );
  expect(saidOf(error, SOURCE, "111111111111")).toMatch(
    /^AWS refused the source \(account 111111111111, eu-west-1, profile src\): AccessDeniedException: said AWS\n/,
  );
  expect(saidOf(error, DESTINATION)).toMatch(/^AWS refused the destination \(eu-west-1\): AccessDeniedException/);
});

test.each(["ExpiredToken", "ExpiredTokenException", "RequestExpired"])("%s: whose, and how to get new ones", (name) => {
  const error = named(name, { $fault: "client" });
  expect(explainAwsError(error)).toMatch(/^The credentials have expired/);
  expect(saidOf(error, SOURCE)).toMatch(
    /^The credentials of the source \(profile src\) have expired \(\w+: said AWS\)\.\n.*aws sso login --profile src\), then run the same/,
  );
  expect(saidOf(error, DESTINATION)).toMatch(
    /of the destination \(credentials in the environment\).*\n.*aws sso login\),/,
  );
});

test("RequestExpired can be the clock", () => {
  expect(explainAwsError(named("RequestExpired", { $fault: "client" }))).toContain("look at the clock");
  expect(explainAwsError(named("ExpiredToken", { $fault: "client" }))).not.toContain("clock");
});

test.each(["InvalidClientTokenId", "UnrecognizedClientException", "SignatureDoesNotMatch"])(
  "%s: whose credentials AWS does not know, and that side's setting alone",
  (name) => {
    const text = saidOf(named(name, { $fault: "client" }), SOURCE);
    expect(text).toMatch(
      /^AWS does not know the credentials of the source \(profile src\): \w+: said AWS\.\n.*SOURCE_PROFILE/,
    );
    expect(text).not.toContain("DESTINATION");
  },
);

describe("no credentials", () => {
  const none = (message: string): Error => Object.assign(new Error(message), { name: "CredentialsProviderError" });
  const NOWHERE = "Could not load credentials from any providers";

  test("a profile that is nowhere is named, and the side's setting", () => {
    const text = saidOf(none(NOWHERE), SOURCE);
    expect(text).toMatch(
      /^No credentials for the source \(profile src\): neither the credentials file nor the config file has/,
    );
    expect(text).toMatch(/Look at SOURCE_PROFILE/);
    expect(text).not.toMatch(/AWS_PROFILE|DESTINATION/);
  });

  test("profiles are to be set only where none is", () => {
    expect(saidOf(none(NOWHERE), DESTINATION)).toBe(
      "No credentials for the destination (credentials in the environment): Could not load credentials from any providers.\n" +
        "Set DESTINATION_PROFILE, or AWS_PROFILE where one account has both pools.",
    );
  });

  test("a session of IAM Identity Center that is over is begun anew", () => {
    const text = saidOf(
      none(
        "The SSO session has expired. To refresh this SSO session run 'aws sso login' with the corresponding profile.",
      ),
      SOURCE,
    );
    expect(text).toMatch(
      /Identity Center has expired, or there is none\.\naws sso login --profile src, then run the same/,
    );
    expect(text).not.toMatch(/\.\.|SOURCE_PROFILE/);
  });

  test("what else is amiss is said with one full stop", () => {
    expect(saidOf(none("Profile is a riddle."), SOURCE)).toMatch(/: Profile is a riddle\.\nLook at SOURCE_PROFILE/);
  });
});

describe("a user pool that is not there", () => {
  const missing = (): Error =>
    Object.assign(new Error("User pool eu-west-1_X does not exist."), {
      name: "ResourceNotFoundException",
      $fault: "client",
    });

  test("is said with the account, the profile and the Region, and that side's settings alone", () => {
    expect(saidOf(missing(), SOURCE, "222222222222")).toBe(
      "source: account 222222222222 (profile src), eu-west-1, has no user pool eu-west-1_X.\n" +
        "If that is the wrong account, set SOURCE_PROFILE. If the pool or the Region is wrong, set SOURCE_USER_POOL_ID, and " +
        "SOURCE_REGION for a multi-Region pool.",
    );
    expect(saidOf(missing(), DESTINATION, "222222222222")).toMatch(/DESTINATION_PROFILE.*DESTINATION_USER_POOL_ARN\.$/);
    expect(saidOf(missing(), DESTINATION, "222222222222")).not.toContain("SOURCE");
  });

  test("something else that is not there is said as AWS says it", () => {
    const error = named("ResourceNotFoundException", { $fault: "client" });
    expect(saidOf(error, SOURCE, "1")).toMatch(/^AWS refused the source \(.*\): ResourceNotFoundException: said AWS$/);
  });
});

test("nobody answers: side, host and Region are named", () => {
  expect(saidOf(named("Error", { code: "ENOTFOUND", hostname: "sts.eu-wst-1.amazonaws.com" }), SOURCE)).toBe(
    "AWS could not be reached for the source (sts.eu-wst-1.amazonaws.com, ENOTFOUND).\n" +
      "Look at the network, and at the Region eu-west-1, which comes from SOURCE_USER_POOL_ID or SOURCE_REGION.",
  );
  const refused = Object.assign(new Error(), { code: "ECONNREFUSED", address: "127.0.0.1", port: 9 });
  expect(saidOf(refused, DESTINATION)).toMatch(
    /the destination \(127\.0\.0\.1:9, ECONNREFUSED\)\.\n.*DESTINATION_USER_POOL_ARN/,
  );
  const both = Object.assign(new AggregateError([refused]), { code: "ECONNREFUSED" });
  expect(saidOf(both, SOURCE)).toMatch(/the source \(127\.0\.0\.1:9, ECONNREFUSED\)/);
});

test("an exception of Cognito's own", () => {
  const error = new TooManyRequestsException({ message: "Rate exceeded", $metadata: {} });
  expect(explainAwsError(error)).toMatch(/^AWS refused: TooManyRequestsException: Rate exceeded\n.*try again later/);
});

test("one without advice is said as it is", () => {
  expect(explainAwsError(named("NewException", { $fault: "server" }))).toBe("AWS refused: NewException: said AWS");
});

test.each(["ENOTFOUND", "ECONNREFUSED", "ETIMEDOUT", "EAI_AGAIN", "EHOSTUNREACH", "ENETUNREACH"])(
  "%s: nobody answered",
  (code) => {
    expect(explainAwsError(named("Error", { code }))).toMatch(new RegExp(`^AWS could not be reached \\(${code}\\)`));
  },
);

test("a time-out of the HTTP client", () => {
  expect(explainAwsError(named("TimeoutError"))).toMatch(/could not be reached \(TimeoutError\)/);
});

describe("nobody has answered in time", () => {
  test("side, account, Region, profile, host, what was asked, and what to do", () => {
    expect(
      saidOf(
        new NoAnswer("h has not answered ListUsers: no whole answer within 30 s, 3 times"),
        SOURCE,
        "111111111111",
      ),
    ).toBe(
      "No answer of AWS for the source (account 111111111111, eu-west-1, profile src): h has not answered ListUsers: no whole answer within 30 s, " +
        "3 times.\nLook at the network (VPN, proxy, firewall), then run the same command again.",
    );
  });

  test("of what may have been done it is not said that it was not", () => {
    expect(explainAwsError(new NoAnswer("h has not answered UpdateUserPool", "UpdateUserPool"))).toMatch(
      /\nWhether UpdateUserPool was done is not known\. Look at the network/,
    );
  });
});

describe("what answers is not AWS", () => {
  test("side, host, what came and what to do", () => {
    expect(saidOf(new UnusableAnswer("sts.eu-west-1.amazonaws.com", "an HTML page", 403), SOURCE, "111111111111")).toBe(
      "No answer of AWS for the source (account 111111111111, eu-west-1, profile src): sts.eu-west-1.amazonaws.com sent an HTML page " +
        "(status 403).\nA proxy, a firewall or the sign-in page of a network may have answered in its place. Look at the network, and at " +
        "AWS_ENDPOINT_URL and NODE_EXTRA_CA_CERTS where they are set, then run the same command again.",
    );
    expect(explainAwsError(new UnusableAnswer("ListUsers", "no list of users"))).toMatch(
      /^No answer of AWS: ListUsers sent no list of users\.\n/,
    );
  });

  test.each([
    "SELF_SIGNED_CERT_IN_CHAIN",
    "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
    "CERT_HAS_EXPIRED",
    "ERR_TLS_CERT_ALTNAME_INVALID",
    "ERR_SSL_WRONG_VERSION_NUMBER",
    "EPROTO",
    "HPE_INVALID_CONSTANT",
  ])("a server that is no AWS by its certificate or protocol: %s", (code) => {
    expect(saidOf(named("Error", { code }), SOURCE)).toMatch(
      new RegExp(
        `^No answer of AWS for the source \\(eu-west-1, profile src\\): ${code}: said AWS\\.\n.*NODE_EXTRA_CA_CERTS`,
      ),
    );
  });
});

test.each([new TypeError("a bug"), "a text", undefined, named("Error", { code: "ENOENT" })])(
  "%s is not AWS's",
  (error) => {
    expect(explainAwsError(error)).toBeUndefined();
  },
);

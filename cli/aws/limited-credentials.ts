import type { STSClient } from "@aws-sdk/client-sts";
import { credentialsOf } from "./call-origin";
import { NoAnswer } from "./no-answer";
import type { Side } from "./side";

/** As long as three tries of a request. Whoever signs in with a browser meanwhile has to be as quick. */
const LIMIT_MS = 90_000;

export type SigningCredentials = Awaited<ReturnType<STSClient["config"]["credentials"]>>;
export type LimitedCredentials = () => Promise<SigningCredentials>;

/**
 * Credentials come from IAM Identity Center, STS, the endpoint of a container or machine, or a program (`credential_process`). The SDK asks
 * most of them with HTTP of its own that waits for ever:
 * https://docs.aws.amazon.com/sdkref/latest/guide/standardized-credentials.html
 *
 * @throws {NoAnswer} when nothing came in time. What was begun goes on; main.ts ends the program nevertheless.
 */
export function limitedCredentials(provide: LimitedCredentials, side: Pick<Side, "profile">): LimitedCredentials {
  return async () => {
    let limit: NodeJS.Timeout | undefined;
    const tooLate = new Promise<never>((_, reject) => {
      limit = setTimeout(() => reject(notInTime(side)), LIMIT_MS);
    });
    try {
      return await Promise.race([provide(), tooLate]);
    } finally {
      clearTimeout(limit);
    }
  };
}

const notInTime = (side: Pick<Side, "profile">): NoAnswer =>
  new NoAnswer(
    `the ${credentialsOf(side).replace(/^profile/, "credentials of profile")} have not come within ${LIMIT_MS / 1000} s: their source (IAM Identity ` +
      "Center, STS, the endpoint of a container or machine, credential_process) does not answer",
  );

import { json, type Misbehaviour, type Request, type Response } from "../../sandbox/aws/http";
import type { AwsAnswer, OutcomeRow } from "../outcomes/row";
import { TYPED } from "./packaged-function";
import { assumedRole, awsError, type ScriptedAws, stsError } from "./scripted-aws";
import { SUB, sourceProfile, sourceTokens, TELLTALE } from "./source-user";

/** What AWS answers in a row of docs/outcomes.md. */
export function answersTo({ answers: other = {} }: Pick<OutcomeRow, "answers">): ScriptedAws["answers"] {
  const answers = {
    AssumeRole: { kind: "credentials" },
    AdminInitiateAuth: { kind: "tokens" },
    AdminGetUser: { kind: "user" },
    ...other,
  } as const;
  return {
    AssumeRole: () => sts(answers.AssumeRole),
    AdminInitiateAuth: (request) => cognito(answers.AdminInitiateAuth, request),
    AdminGetUser: (request) => cognito(answers.AdminGetUser, request),
  };
}

const typedAtSource = ({ body }: Request): unknown => JSON.parse(body).AuthParameters.USERNAME;

function cognito(answer: AwsAnswer, request: Request): Response | Misbehaviour | Promise<never> {
  switch (answer.kind) {
    case "tokens":
      if (answer.onlyFor !== undefined && typedAtSource(request) !== answer.onlyFor)
        return awsError("NotAuthorizedException", TELLTALE);
      if (answer.groups !== undefined) return sourceTokens(SUB, { "cognito:groups": answer.groups });
      return answer.of === undefined ? sourceTokens() : sourceTokens(answer.of === "nobody" ? "" : "another-sub");
    case "challenge":
      return json(200, {
        ChallengeName: answer.name,
        ChallengeParameters: answer.of === "nobody" ? {} : { USER_ID_FOR_SRP: SUB },
        Session: "canary-session",
      });
    case "user":
      return sourceProfile(
        {
          Enabled: answer.enabled ?? true,
          UserStatus: answer.status ?? "CONFIRMED",
          UserMFASettingList: answer.secondFactors ?? [],
        },
        answer.attributes,
      );
    case "exception":
      return awsError(answer.name, answer.message ?? TELLTALE, answer.httpStatus);
    case "nothing understood":
      return { ...json(200, ""), body: `{"canary-message": ${TYPED.password}` };
    case "broken connection":
      return (outgoing) => setTimeout(() => outgoing.socket?.resetAndDestroy(), 150);
    case "never":
      return new Promise(() => undefined);
    case "credentials":
      throw new Error("only STS has credentials");
  }
}

function sts(answer: AwsAnswer): Response {
  if (answer.kind === "exception") return stsError(answer.name, answer.httpStatus);
  return answer.kind === "credentials"
    ? assumedRole()
    : { status: 200, headers: { "content-type": "text/xml" }, body: "<AssumeRoleResponse/>" };
}

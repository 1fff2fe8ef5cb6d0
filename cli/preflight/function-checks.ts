import { invokePolicy } from "../../rules/policies";
import { isSamePolicy } from "../../rules/policy-comparison";
import { lambdaArnOf } from "../pools/stack-outputs";
import { defineCheck, failed, inTheme, listed, passed, skipped, warning } from "./check";
import { configurationDifferences } from "./function-configuration";
import { environmentDifferences } from "./function-environment";
import { FUNCTION_MFA_CHECK } from "./function-mfa-check";
import { FUNCTION_NAMES_CHECK } from "./function-names-check";
import { DEPLOY_AGAIN, NOT_DEPLOYED, ofFunction } from "./of-function";
import { FUNCTION_ROLE_CHECK } from "./role-checks";

const CONFIGURATION = "https://docs.aws.amazon.com/lambda/latest/api/API_FunctionConfiguration.html";
const RUNTIMES = "https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html";

const SOON_DAYS = 180;

const state = defineCheck({
  id: "function-state",
  title: "The function is deployed and active",
  otherwise: "Cognito answers every unknown user with an error.",
  source: CONFIGURATION,
  needs: ["function"],
  decide: ({ function: fn }) => {
    if (fn === undefined) return failed(...NOT_DEPLOYED);
    const { State = "Active", StateReason, LastUpdateStatus = "Successful", LastUpdateStatusReason } = fn.configuration;
    if (State !== "Active") return failed(`The function is ${State}. ${StateReason ?? ""}`.trim(), DEPLOY_AGAIN);
    if (LastUpdateStatus === "Successful") return passed("The function is deployed and active.");
    return failed(
      `The function's last update is ${LastUpdateStatus}. ${LastUpdateStatusReason ?? ""}`.trim(),
      DEPLOY_AGAIN,
    );
  },
});

const settled = ofFunction({
  id: "function-configuration",
  title: "The function has the configuration and environment that the settings give it, and the pool's schema of now",
  otherwise:
    "It works by other rules than you think, drops attributes that were added since, runs a layer of somebody else, or logs where no alarm looks.",
  source: CONFIGURATION,
  needs: ["function", "destination"],
  decide: ({ configuration, reservedConcurrency }, { settings, destination, outputs }) => {
    const wrong = [
      ...configurationDifferences(configuration, settings),
      ...(reservedConcurrency === settings.lambdaReservedConcurrency
        ? []
        : [
            `reserved concurrency is ${reservedConcurrency ?? "none"} instead of ${settings.lambdaReservedConcurrency ?? "none"}`,
          ]),
      ...environmentDifferences(configuration.Environment?.Variables ?? {}, settings, destination, outputs),
    ];
    if (wrong.length === 0) return passed("The function's configuration and environment are as the settings say.");
    return failed(
      `The function differs from the settings: ${listed(wrong)}.`,
      `${DEPLOY_AGAIN} Undo what was changed by hand.`,
    );
  },
});

/** Equal code gives equal bytes on every machine: ../../build.mjs. */
const code = ofFunction({
  id: "function-code",
  title: "The function's code is, byte for byte, what this program comes with",
  otherwise: "It is of another version, or somebody has put other code there, which sees every password.",
  source: CONFIGURATION,
  needs: ["function"],
  decide: ({ configuration: { CodeSha256: deployed } }, { codeSha256 }) => {
    if (deployed === undefined)
      return skipped("AWS does not tell the CodeSha256 of the function.", "Compare the code in the Lambda console.");
    if (deployed === codeSha256) return passed("The function's code is what this program comes with.");
    return warning(
      `Another build of the handler is deployed: CodeSha256 is ${deployed}, and this program comes with ${codeSha256}.`,
      "Run this in the version that was deployed, or deploy the destination stack again. If nobody knows that build, find out who changed the function.",
    );
  },
});

/** When Lambda deprecates each runtime: no more patches from then on. https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html */
const DEPRECATED_FROM: Readonly<Record<string, string>> = {
  "nodejs20.x": "2026-04-30",
  "nodejs22.x": "2027-04-30",
  "nodejs24.x": "2028-04-30",
};

const DAY_MS = 86_400_000;

/** @returns undefined when AWS's date is not known here. */
function deprecationOf(runtime: string, today: Date): { readonly date: string; readonly days: number } | undefined {
  const date = DEPRECATED_FROM[runtime];
  return date === undefined ? undefined : { date, days: Math.ceil((Date.parse(date) - today.getTime()) / DAY_MS) };
}

const runtime = ofFunction({
  id: "function-runtime",
  title: "Lambda supports the function's runtime for half a year at least",
  otherwise: "AWS stops patching it, and later lets nobody deploy it.",
  source: RUNTIMES,
  needs: ["function"],
  decide: ({ configuration: { Runtime = "" } }, { today }) => {
    const deprecation = deprecationOf(Runtime, today);
    const remedy = "Set LAMBDA_RUNTIME to a newer one and deploy the destination stack again.";
    if (deprecation === undefined)
      return warning(
        `Until when Lambda supports the function's runtime ${Runtime} is not known here.`,
        `Look it up: ${RUNTIMES}`,
      );
    if (deprecation.days <= 0)
      return failed(`The function's runtime ${Runtime} is deprecated since ${deprecation.date}.`, remedy);
    return deprecation.days < SOON_DAYS
      ? warning(
          `The function's runtime ${Runtime} is deprecated on ${deprecation.date}, in ${deprecation.days} days.`,
          remedy,
        )
      : passed(`Lambda supports the function's runtime ${Runtime} until ${deprecation.date}.`);
  },
});

const invokePolicyCheck = ofFunction({
  id: "function-invoke-policy",
  title: "The destination pool may invoke the function, and nobody else may",
  otherwise: "Cognito cannot call it, or another pool or account can have passwords tried at the source.",
  source: "https://docs.aws.amazon.com/lambda/latest/dg/access-control-resource-based.html",
  needs: ["function", "invokePolicy"],
  decide: (_, { invokePolicy: policy, settings }) => {
    if (policy === undefined)
      return failed("The function has no resource policy: Cognito may not call it.", DEPLOY_AGAIN);
    const expected = invokePolicy({ lambdaArn: lambdaArnOf(settings), userPoolArn: settings.userPool.arn });
    if (isSamePolicy(policy, expected))
      return passed("Cognito may invoke the function for the destination pool and its account, and nobody else may.");
    return failed(
      "The function's resource policy is not the one statement that the stack makes.",
      `${DEPLOY_AGAIN} Remove other statements.`,
    );
  },
});

export const FUNCTION_CHECKS = inTheme("Function", [
  state,
  settled,
  code,
  FUNCTION_MFA_CHECK,
  FUNCTION_NAMES_CHECK,
  runtime,
  FUNCTION_ROLE_CHECK,
  invokePolicyCheck,
]);

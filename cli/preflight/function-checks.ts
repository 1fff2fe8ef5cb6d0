import { BUILD } from "../../config/command-lines";
import { invokePolicy } from "../../rules/policies";
import { isSamePolicy } from "../../rules/policy-comparison";
import { functionArnsOf } from "../pools/stack-outputs";
import { type Check, failed, inTheme, listed, passed, skipped, warning } from "./check";
import {
  type CheckedFunction,
  checkOf,
  checkOfDeployed,
  DEPLOY_AGAIN,
  MIGRATING,
  notDeployed,
  TOKEN,
} from "./checked-function";
import { configurationDifferences } from "./function-configuration";
import { environmentDifferences, environmentOf, tokenEnvironmentDifferences } from "./function-environment";
import { runtime } from "./function-runtime-check";
import { FUNCTION_MFA_CHECK, FUNCTION_NAMES_CHECK } from "./function-source-checks";
import { logRetention } from "./quota-checks";
import { functionRoleCheck } from "./role-checks";

const CONFIGURATION = "https://docs.aws.amazon.com/lambda/latest/api/API_FunctionConfiguration.html";

const state = (fn: CheckedFunction): Check =>
  checkOf(fn, {
    id: "function-state",
    title: `The ${fn.noun} is deployed and active`,
    otherwise: {
      migration: "Cognito answers every unknown user with an error.",
      token: "Where the trigger is attached, Cognito answers every sign-in with an error.",
    },
    source: CONFIGURATION,
    own: ["function"],
    decide: ({ function: deployed }) => {
      if (deployed === undefined) return failed(...notDeployed(fn));
      const {
        State = "Active",
        StateReason,
        LastUpdateStatus = "Successful",
        LastUpdateStatusReason,
      } = deployed.configuration;
      if (State !== "Active") return failed(`The ${fn.noun} is ${State}. ${StateReason ?? ""}`.trim(), DEPLOY_AGAIN);
      if (LastUpdateStatus === "Successful") return passed(`The ${fn.noun} is deployed and active.`);
      return failed(
        `The ${fn.noun}'s last update is ${LastUpdateStatus}. ${LastUpdateStatusReason ?? ""}`.trim(),
        DEPLOY_AGAIN,
      );
    },
  });

const settled = (fn: CheckedFunction): Check =>
  checkOfDeployed(fn, {
    id: "function-configuration",
    title: {
      migration:
        "The function has the configuration and environment that the settings give it, and the pool's schema of now",
      token: "The token function has the configuration and environment that the settings give it",
    }[fn.kind],
    otherwise: {
      migration:
        "It works by other rules than you think, drops attributes that were added since, runs a layer of somebody else, or logs where no alarm looks.",
      token:
        "It takes no stamp for good, works by other rules than you think, runs a layer of somebody else, or logs where no alarm looks.",
    },
    source: CONFIGURATION,
    needs: ["destination", "function"],
    decide: (deployed, { settings, destination, outputs, function: signing }) => {
      const found = environmentOf(deployed);
      const wrong = [
        ...configurationDifferences(fn, deployed, settings),
        ...(fn.kind === "migration"
          ? environmentDifferences(found, settings, destination, outputs)
          : tokenEnvironmentDifferences(found, settings, destination, signing && environmentOf(signing))),
      ];
      if (wrong.length === 0) return passed(`The ${fn.noun}'s configuration and environment are as the settings say.`);
      return failed(
        `The ${fn.noun} differs from the settings: ${listed(wrong)}.`,
        `${DEPLOY_AGAIN} Undo what was changed by hand.`,
      );
    },
  });

/** Equal code gives equal bytes on every machine: ../../build.mjs. */
const code = (fn: CheckedFunction): Check =>
  checkOfDeployed(fn, {
    id: "function-code",
    title: `The ${fn.noun}'s code is, byte for byte, what this program comes with`,
    otherwise: {
      migration: "It is of another version, or somebody has put other code there, which sees every password.",
      token:
        "It is of another version, or somebody has put other code there, which decides what everybody's tokens say.",
    },
    source: CONFIGURATION,
    decide: ({ configuration: { CodeSha256: deployed } }, given) => {
      const codeSha256 = fn.codeSha256Of(given);
      if (codeSha256 === undefined)
        return skipped(`This program comes without the code of the ${fn.noun}.`, `Build it again: ${BUILD}.`);
      if (deployed === undefined)
        return skipped(
          `AWS does not tell the CodeSha256 of the ${fn.noun}.`,
          "Compare the code in the Lambda console.",
        );
      if (deployed === codeSha256) return passed(`The ${fn.noun}'s code is what this program comes with.`);
      return warning(
        `Another build of the ${fn.kind === "migration" ? "handler" : fn.noun} is deployed: CodeSha256 is ${deployed}, and this program comes with ${codeSha256}.`,
        "Run this in the version that was deployed, or deploy the destination stack again. If nobody knows that build, find out who changed the function.",
      );
    },
  });

const invokePolicyCheck = (fn: CheckedFunction): Check =>
  checkOf(fn, {
    id: "function-invoke-policy",
    title: `The destination pool may invoke the ${fn.noun}, and nobody else may`,
    otherwise: {
      migration: "Cognito cannot call it, or another pool or account can have passwords tried at the source.",
      token:
        "Cognito cannot call it, and refuses every sign-in; or another pool or account can ask it what a stamp is worth.",
    },
    source: "https://docs.aws.amazon.com/lambda/latest/dg/access-control-resource-based.html",
    own: ["function", "invokePolicy"],
    decide: ({ function: deployed, invokePolicy: policy }, { settings }) => {
      if (deployed === undefined) return skipped(...notDeployed(fn));
      if (policy === undefined)
        return failed(`The ${fn.noun} has no resource policy: Cognito may not call it.`, DEPLOY_AGAIN);
      const lambdaArn = functionArnsOf(settings)[fn.kind];
      if (isSamePolicy(policy, invokePolicy({ lambdaArn, userPoolArn: settings.userPool.arn })))
        return passed(
          `Cognito may invoke the ${fn.noun} for the destination pool and its account, and nobody else may.`,
        );
      return failed(
        `The ${fn.noun}'s resource policy is not the one statement that the stack makes.`,
        `${DEPLOY_AGAIN} Remove other statements.`,
      );
    },
  });

export const FUNCTION_CHECKS = inTheme("Function", [
  state(MIGRATING),
  settled(MIGRATING),
  code(MIGRATING),
  FUNCTION_MFA_CHECK,
  FUNCTION_NAMES_CHECK,
  runtime(MIGRATING),
  functionRoleCheck(MIGRATING),
  invokePolicyCheck(MIGRATING),
]);

export const TOKEN_FUNCTION_CHECKS = inTheme("Token function", [
  state(TOKEN),
  settled(TOKEN),
  code(TOKEN),
  runtime(TOKEN),
  functionRoleCheck(TOKEN),
  invokePolicyCheck(TOKEN),
  logRetention(TOKEN),
]);

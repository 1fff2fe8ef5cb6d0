import { type Check, failed, passed, warning } from "./check";
import { type CheckedFunction, checkOfDeployed } from "./checked-function";

const RUNTIMES = "https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html";

const SOON_DAYS = 180;

/** When Lambda deprecates each runtime: no more patches from then on. https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html */
const DEPRECATED_FROM: Readonly<Record<string, string>> = {
  "nodejs20.x": "2026-04-30",
  "nodejs22.x": "2027-04-30",
  "nodejs24.x": "2028-04-30",
};

const DAY_MS = 86_400_000;

export const runtime = (fn: CheckedFunction): Check =>
  checkOfDeployed(fn, {
    id: "function-runtime",
    title: `Lambda supports the ${fn.noun}'s runtime for half a year at least`,
    otherwise: "AWS stops patching it, and later lets nobody deploy it.",
    source: RUNTIMES,
    decide: ({ configuration: { Runtime = "" } }, { today }) => {
      const date = DEPRECATED_FROM[Runtime];
      if (date === undefined)
        return warning(
          `Until when Lambda supports the ${fn.noun}'s runtime ${Runtime} is not known here.`,
          `Look it up: ${RUNTIMES}`,
        );
      const days = Math.ceil((Date.parse(date) - today.getTime()) / DAY_MS);
      const remedy = "Set LAMBDA_RUNTIME to a newer one and deploy the destination stack again.";
      if (days <= 0) return failed(`The ${fn.noun}'s runtime ${Runtime} is deprecated since ${date}.`, remedy);
      return days < SOON_DAYS
        ? warning(`The ${fn.noun}'s runtime ${Runtime} is deprecated on ${date}, in ${days} days.`, remedy)
        : passed(`Lambda supports the ${fn.noun}'s runtime ${Runtime} until ${date}.`);
    },
  });

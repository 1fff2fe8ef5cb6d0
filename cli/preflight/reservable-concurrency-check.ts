import { defineCheck, failed, passed, warning } from "./check";
import type { AccountConcurrency } from "./facts";

/** Lambda keeps so many for functions without a reservation: https://docs.aws.amazon.com/lambda/latest/dg/configuration-concurrency.html */
const KEPT_UNRESERVED = 100;

const RAISE = 'Have Lambda\'s quota "Concurrent executions" (Service Quotas, L-B99A9384) raised';

/** @param own What the function has reserved already: it may keep that, and a new number takes its place. */
const reservableFor = ({ unreserved }: AccountConcurrency, own: number): number =>
  Math.max(own, unreserved + own - KEPT_UNRESERVED);

export const reservableConcurrency = defineCheck({
  id: "reservable-concurrency",
  title: "The destination's account can reserve LAMBDA_RESERVED_CONCURRENCY for the function",
  otherwise: "PutFunctionConcurrency is refused when the function has been made, and the deploy stops half-way.",
  source: "https://docs.aws.amazon.com/lambda/latest/dg/configuration-concurrency.html",
  needs: ["accountConcurrency", "function"],
  decide: ({ accountConcurrency, function: fn, settings: { lambdaReservedConcurrency: wanted } }) => {
    const { limit, unreserved } = accountConcurrency;
    const own = fn?.reservedConcurrency ?? 0;
    const reservable = reservableFor(accountConcurrency, own);
    const told =
      `Lambda runs ${limit} executions at a time in this account and Region; ${unreserved} are unreserved` +
      `${own === 0 ? "" : `, ${own} reserved for this function`}, and ${KEPT_UNRESERVED} have to stay so. The function can reserve ` +
      `${reservable === 0 ? "none" : `up to ${reservable}`}`;
    if (wanted === undefined)
      return reservable > 0
        ? passed(`${told}; LAMBDA_RESERVED_CONCURRENCY is not set.`)
        : warning(`${told}.`, `${RAISE} before you set LAMBDA_RESERVED_CONCURRENCY.`);
    const asked = `${told}; LAMBDA_RESERVED_CONCURRENCY is ${wanted}.`;
    if (wanted <= reservable) return passed(asked);
    const less = reservable > 0 ? `set LAMBDA_RESERVED_CONCURRENCY=${reservable} or less` : "leave the setting out";
    const needed = limit + wanted + KEPT_UNRESERVED - unreserved - own;
    return failed(asked, `${RAISE} to ${needed} or more, or ${less}.`);
  },
});

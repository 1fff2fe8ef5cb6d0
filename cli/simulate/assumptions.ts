import type { InferredOptionTypes } from "yargs";
import type { CommandOptions } from "../program/command";
import { shownMessage } from "../program/explain-system-error";
import { parsePrice } from "./price";
import { INTERVALS, type SignInShare, signInHistory, signInShares, type Unreadable } from "./sign-ins";
import type { Assumptions } from "./simulate";

const MAX_USERS = 40_000_000;
const MAX_WINDOW_DAYS = 3650;
const MAX_ROW_BYTES = 16_000;

export const ASSUMPTIONS = {
  users: { type: "string", describe: "Users in the source, up to 40,000,000" },
  "window-days": { type: "string", default: "90", describe: "Days in which users can migrate" },
  "sign-ins": {
    type: "string",
    describe: "Percentages of users by how often they sign in, such as daily=20,monthly=60,never=20",
  },
  "last-sign-ins": { type: "string", describe: "CSV with days_since_last_sign_in and users, instead of --sign-ins" },
  "busiest-hour": {
    type: "string",
    default: "10",
    describe: "Percentage of a day's sign-ins in its busiest hour",
  },
  // https://docs.aws.amazon.com/cognito/latest/developerguide/quotas.html
  "sign-in-quota": {
    type: "string",
    default: "120",
    describe: "UserAuthentication requests per second at the source",
  },
  "list-users-quota": { type: "string", default: "30", describe: "UserList requests per second" },
  "same-account": { type: "boolean", default: false, describe: "Both pools are in one account and Region" },
  "row-bytes": { type: "string", default: "200", describe: "Bytes per user in the CSV file of an import" },
  "price-source": {
    type: "string",
    describe: "Price of a monthly active user, or tiers such as 10000=0,90000=0.0055,0.0046",
  },
  "price-destination": { type: "string", describe: "The same for the destination" },
} as const satisfies CommandOptions;

export type SimulateOptions = InferredOptionTypes<typeof ASSUMPTIONS>;

/** @returns the assumptions, or every problem. */
export function readAssumptions(
  options: SimulateOptions,
  readFile: (path: string) => string,
): Assumptions | readonly string[] {
  const problems: string[] = [];
  const number = (name: keyof SimulateOptions, min: number, max: number, whole = true): number => {
    const text = String(options[name] ?? "");
    const value = Number(text);
    const isNumber = whole ? /^[0-9]+$/.test(text) : /^[0-9]+(\.[0-9]+)?$/.test(text);
    if (!isNumber || value < min || value > max)
      problems.push(
        `--${name}: found ${quoted(text)}, expected a ${whole ? "whole " : ""}number from ${min} to ${max}`,
      );
    return value;
  };
  const price = (name: "price-source" | "price-destination") => {
    const text = options[name];
    const parsed = text === undefined ? undefined : parsePrice(text);
    if (text !== undefined && parsed === undefined)
      problems.push(
        `--${name}: found ${quoted(text)}, expected a price per user such as 0.01, or tiers such as 10000=0,0.01`,
      );
    return parsed;
  };
  const assumptions = {
    users: number("users", 1, MAX_USERS),
    windowDays: number("window-days", 1, MAX_WINDOW_DAYS),
    busiestHourShare: number("busiest-hour", 5, 100, false) / 100,
    quotas: { userAuthentication: number("sign-in-quota", 1, 100_000), userList: number("list-users-quota", 1, 1000) },
    sharedQuota: options["same-account"],
    rowBytes: number("row-bytes", 1, MAX_ROW_BYTES),
    prices: { source: price("price-source"), destination: price("price-destination") },
  };
  const signInShare = readSignIns(options, readFile);
  if ("problem" in signInShare) problems.push(signInShare.problem);
  return problems.length > 0 || "problem" in signInShare ? problems : { ...assumptions, signInShare };
}

function readSignIns(
  { "sign-ins": shares, "last-sign-ins": file }: SimulateOptions,
  readFile: (path: string) => string,
): SignInShare | Unreadable {
  if ((shares === undefined) === (file === undefined))
    return {
      problem: `Say how often users sign in: either --sign-ins (${INTERVALS.join(", ")}) or --last-sign-ins FILE`,
    };
  if (shares !== undefined) return named("--sign-ins", signInShares(shares));
  try {
    return named("--last-sign-ins", signInHistory(readFile(file ?? "")));
  } catch (error) {
    return { problem: `--last-sign-ins: ${shownMessage(error)}` };
  }
}

const named = (option: string, result: SignInShare | Unreadable): SignInShare | Unreadable =>
  "problem" in result ? { problem: `${option}: found ${result.problem}` } : result;

const quoted = (text: string): string => (text === "" ? "nothing" : `"${text}"`);

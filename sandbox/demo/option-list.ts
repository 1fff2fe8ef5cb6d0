import { POOL_OPTIONS } from "../accounts/own-pools/options";

/** Of everything that shows the function's log. */
export const LOG = {
  log: {
    choices: ["text", "json"],
    default: "text",
    describe: "How each line of the function's log is shown",
  },
} as const;

/** Of the sandbox. */
export const SANDBOX_OPTIONS = { ...POOL_OPTIONS, ...LOG } as const;

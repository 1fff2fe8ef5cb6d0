/** Of everything that shows the function's log. */
export const LOG = {
  log: {
    choices: ["text", "json"],
    default: "text",
    describe: "How each line of the function's log is shown",
  },
} as const;

/** Given twice, an option has the last value. An empty one was forgotten, or is a variable of a script that is not set. */
const last =
  (name: string) =>
  (given: string | readonly string[]): string => {
    const value = [given].flat().at(-1) ?? "";
    if (value.trim() === "") throw new Error(`--${name}: found nothing, expected a value.`);
    return value;
  };

const file = (name: string, describe: string) =>
  ({ type: "string", requiresArg: true, coerce: last(name), describe }) as const;

/** Options of the sandbox about the pools, the settings and the users in it. */
export const SANDBOX_OPTIONS = {
  "source-pool": file("source-pool", "What `aws cognito-idp describe-user-pool` prints of the source, in a file"),
  "destination-pool": file("destination-pool", "Likewise of the destination"),
  settings: file("settings", "Settings of the migration, in a file like .env"),
  set: {
    type: "array",
    string: true,
    requiresArg: true,
    describe: "NAME=VALUE, over that file: any setting, any number of times",
  },
  trigger: {
    type: "array",
    string: true,
    requiresArg: true,
    describe: "NAME=FILE, for any trigger of the destination: a module of yours that exports `handler`",
  },
  "pre-sign-up": {
    choices: ["PreSignUp_SignUp", "PreSignUp_AdminCreateUser", "none"],
    default: "PreSignUp_SignUp",
    describe: "What a PreSignUp function is called with when a user migrates, which AWS does not document",
  },
  "no-users": {
    type: "boolean",
    default: false,
    describe: "Start with nobody in the pools",
  },
  json: {
    type: "boolean",
    default: false,
    describe: "Print one line of JSON on stdout when all is ready, and everything else on stderr",
  },
  ...LOG,
} as const;

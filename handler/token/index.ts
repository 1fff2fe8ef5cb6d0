import { createRequire } from "node:module";
import type { ConnectTokenCalls } from "../aws/token-calls";
import { createTokenHandler } from "./invocation";

// A bundle of its own (build.mjs), loaded when there is something to send: few tokens are of a user who has just come.
const load = createRequire(import.meta.url);

export const handler = createTokenHandler({
  env: process.env,
  connect: (signal) => {
    const { connectTokenCalls } = load("./token-calls.cjs") as { readonly connectTokenCalls: ConnectTokenCalls };
    return connectTokenCalls(process.env, signal);
  },
  nowMs: () => Date.now(),
  write: (line) => void process.stdout.write(`${line}\n`),
  complain: (line) => void process.stderr.write(`${line}\n`),
});

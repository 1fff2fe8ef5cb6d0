import { createRequire } from "node:module";
import { setTimeout as wait } from "node:timers/promises";
import { MIGRATION_TRIGGERS } from "../../rules/triggers";
import { endpoints } from "../aws/endpoints";
import { WarmAgent } from "../aws/warm-agent";
import { type CreateFunction, dispatch } from "./dispatch";

/** Enough for a name to be looked up and the first packet to leave. */
const FIRST_PACKET_MS = 2;

// The network first, because loading the rest keeps the process busy for as long as a packet is under way.
const agent = new WarmAgent();
const opened = endpoints(process.env).map((url) => agent.open(url));
await wait(FIRST_PACKET_MS);

// Bundles of their own (build.mjs), and CommonJS, because that loads faster than the same code as an ES module.
const loadFile = createRequire(import.meta.url);

export const handler = await dispatch(MIGRATION_TRIGGERS, (entry) =>
  (loadFile(`./${entry}.cjs`) as { createFunction: CreateFunction }).createFunction(process.env, agent, opened),
);

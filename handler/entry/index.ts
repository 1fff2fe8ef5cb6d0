import { createRequire } from "node:module";
import { setTimeout as wait } from "node:timers/promises";
import { endpoints } from "../aws/endpoints";
import { WarmAgent } from "../aws/warm-agent";
import type * as Main from "../triggers/user-migration";

/** Enough for a name to be looked up and the first packet to leave. */
const FIRST_PACKET_MS = 2;

// The network first, because loading the rest keeps the process busy for as long as a packet is under way.
const agent = new WarmAgent();
const opened = endpoints(process.env).map((url) => agent.open(url));
await wait(FIRST_PACKET_MS);

// A bundle of its own (build.mjs), and CommonJS, because that loads faster than the same code as an ES module.
const { createFunction } = createRequire(import.meta.url)("./main.cjs") as typeof Main;

export const handler = await createFunction(process.env, agent, opened);

#!/usr/bin/env node
// dist/cli.mjs of the npm package: it builds nothing, and reads nothing but what it is asked for.
import { begin } from "./platform.mjs";

if (begin()) await import("../cli/packaged");

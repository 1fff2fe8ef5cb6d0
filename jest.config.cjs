const { availableParallelism } = require("node:os");

/** What every kind of test shares. */
const shared = {
  testEnvironment: "node",
  transform: {
    "^.+\\.(ts|mjs)$": [
      "@swc/jest",
      { jsc: { parser: { syntax: "typescript" }, target: "es2022" }, module: { type: "commonjs" } },
    ],
  },
  modulePathIgnorePatterns: ["<rootDir>/cdktf.out", "<rootDir>/build/"],
};
/** Opening a socket is an error. */
const alone = { ...shared, setupFilesAfterEnv: ["<rootDir>/__tests__/support/no-network.ts"] };
const quiet = { setupFiles: ["<rootDir>/__tests__/support/quiet-sdk.ts"] };
/** What the handler sends, over HTTP, in the test's own process. */
const HANDLER_SENDS = "<rootDir>/__tests__/handler/{aws,triggers}/*.process.test.ts";
/** What of the processes each change needs: the synthesized stacks, the zip and its limits, the CLI and the demo start and hold. */
const SMOKE = [
  "<rootDir>/__tests__/{build,infrastructure,smoke}.process.test.ts",
  HANDLER_SENDS,
  "<rootDir>/__tests__/sandbox/demo/demo.process.test.ts",
];
/** The operator's commands against the sandbox, hundreds of processes: longer than all others together. */
const COMMANDS = [
  "<rootDir>/__tests__/{bin,cli}/**/*.process.test.ts",
  // They run the commands, too.
  "<rootDir>/__tests__/sandbox/{demo/full-demo,demo/sandbox,accounts/own-pools/stories,accounts/own-pools/page,page/page}.process.test.ts",
];
/** Tests that run programs and servers on loopback. */
const processes = {
  ...shared,
  ...quiet,
  setupFilesAfterEnv: ["<rootDir>/__tests__/support/four-minutes.ts"],
  globalSetup: "<rootDir>/__tests__/support/build.cjs",
};

/**
 * The tiers of CONTRIBUTING.md. `--selectProjects` chooses: without it, all of them run.
 *
 * @type {import('jest').Config}
 */
module.exports = {
  projects: [
    {
      ...alone,
      displayName: "unit",
      testMatch: ["<rootDir>/__tests__/**/*.test.ts"],
      testPathIgnorePatterns: ["\\.(process|deep|truth|cdktn|package|clients)\\.test\\.ts$"],
    },
    { ...processes, displayName: "smoke", testMatch: SMOKE },
    {
      ...processes,
      displayName: "process",
      testMatch: [
        "<rootDir>/__tests__/**/*.process.test.ts",
        ...[...SMOKE, ...COMMANDS].map((glob) => glob.replace("<rootDir>", "!**")),
      ],
    },
    { ...processes, displayName: "commands", testMatch: COMMANDS },
    {
      // As many made-up worlds and users as a rule about names needs; `unit` plays a few.
      ...alone,
      displayName: "names",
      testMatch: ["<rootDir>/__tests__/names/*.test.ts", "<rootDir>/__tests__/rules/properties.test.ts"],
      setupFiles: ["<rootDir>/__tests__/support/many-worlds.ts"],
    },
    {
      // What we say of a thing, held against the thing: user pools for names, preconditions for advice, parsers for lines to copy. No network.
      ...alone,
      ...quiet,
      displayName: "truth",
      testMatch: ["<rootDir>/__tests__/**/*.truth.test.ts"],
    },
    {
      // Real Terraform and the real AWS provider against an emulator. Each file starts servers of its own.
      ...processes,
      displayName: "deep",
      testMatch: ["<rootDir>/__tests__/**/*.deep.test.ts"],
    },
    {
      // CDKTF's successor, fetched from npm into a folder of its own.
      ...processes,
      displayName: "cdktn",
      testMatch: ["<rootDir>/__tests__/**/*.cdktn.test.ts"],
    },
    {
      // Clients that apps sign in by, fetched from npm into a folder of their own, against the sandbox.
      ...processes,
      displayName: "clients",
      testMatch: ["<rootDir>/__tests__/**/*.clients.test.ts"],
    },
    {
      // What npm packs, installed in an empty project. No network.
      ...processes,
      displayName: "package",
      testMatch: ["<rootDir>/__tests__/**/*.package.test.ts"],
      globalSetup: "<rootDir>/__tests__/support/pack.cjs",
    },
    {
      // What Stryker runs against each mutant: of `unit` and `smoke` what is about the code that is mutated, and runs in the test's own process.
      ...shared,
      ...quiet,
      displayName: "mutation",
      testMatch: ["<rootDir>/__tests__/{config,handler,rules}/**/*.test.ts", "!**/*.process.test.ts", HANDLER_SENDS],
    },
  ],
  // For all: in a project Jest accepts it and does not heed it. https://github.com/jestjs/jest/issues/9696
  testTimeout: 60_000,
  // A worker that has run a hundred files needs more than Jest's half second to end, and was said to leak. One that really leaks is ended and named, ten seconds later.
  workerGracefulExitTimeout: 10_000,
  // Jest would leave one of two cores idle, and many tests only wait.
  maxWorkers: Math.max(2, availableParallelism() - 1),
};

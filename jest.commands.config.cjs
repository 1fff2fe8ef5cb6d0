const { projects, testTimeout, maxWorkers } = require("./jest.config.cjs");
const [, processes] = projects;

/**
 * The operator's commands as processes of their own, against the sandbox: `npm run test:commands`. Hundreds of processes are
 * started, which takes longer than all of `npm test`.
 *
 * @type {import('jest').Config}
 */
module.exports = {
  ...processes,
  displayName: "commands",
  testMatch: [
    "<rootDir>/__tests__/{bin,cli}/**/*.process.test.ts",
    // They run the commands, too.
    "<rootDir>/__tests__/sandbox/{demo/full-demo,demo/sandbox,accounts/own-pools/stories,accounts/own-pools/page}.process.test.ts",
  ],
  testPathIgnorePatterns: [],
  testTimeout,
  maxWorkers,
};

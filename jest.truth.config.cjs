const [unit] = require("./jest.config.cjs").projects;

/**
 * Every user of docs/sign-in-names.md by every name, in the sandbox's user pools: `npm run test:truth`. Nothing listens; the
 * pools are objects.
 *
 * @type {import('jest').Config}
 */
module.exports = {
  ...unit,
  displayName: "truth",
  testMatch: ["<rootDir>/__tests__/**/*.truth.test.ts"],
  testPathIgnorePatterns: [],
  setupFiles: ["<rootDir>/__tests__/support/quiet-sdk.ts"],
  testTimeout: 60_000,
};

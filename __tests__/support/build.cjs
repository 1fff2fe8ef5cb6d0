const { execFileSync } = require("node:child_process");

/** The programs that process tests run, built from the sources under test. */
module.exports = () => {
  for (const script of ["build", "build:cli"]) execFileSync("npm", ["run", "--silent", script], { stdio: "inherit" });
};

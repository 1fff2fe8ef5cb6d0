const { execFileSync } = require("node:child_process");

/** The programs that process tests run, built from the sources under test. */
module.exports = () => {
  execFileSync("npm", ["run", "--silent", "build"], { stdio: "inherit" });
};

/**
 * What every start of the program begins with, from a checkout or from the npm package.
 *
 * @returns whether it can run here. Why not is said, and the exit code is set.
 */
export function begin() {
  // Said below, once and with what to do.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= "true";
  const notice = nodeNotice(process.version);
  // A pipeline would keep it in every log.
  if (notice !== undefined && process.stderr.isTTY) console.error(notice);
  const problem = platformProblem(process.platform);
  return problem === undefined || refuse(problem);
}

/** Wrong usage, as docs/cli/README.md lists it: nothing was changed. */
export function refuse(problem) {
  console.error(problem);
  process.exitCode = 2;
  return false;
}

/** @returns what keeps the program from running on this platform of Node.js; undefined: nothing. */
export function platformProblem(platform) {
  if (platform !== "win32") return undefined;
  return "Windows: use the Windows Subsystem for Linux (WSL), https://learn.microsoft.com/windows/wsl/install.";
}

/**
 * What an operator should know of this version of Node.js; undefined: nothing. It stands for the SDK's own warning, which names no way out
 * for a program that is pinned.
 */
export function nodeNotice(version) {
  const [, major] = /^v(\d+)\./.exec(version) ?? [];
  if (Number(major) >= 22) return undefined;
  return (
    `Node.js ${version.slice(1)} gets no fixes any more, and no new version of the AWS SDK from January 2027 on. ` +
    "Install Node.js 24: https://nodejs.org/en/download."
  );
}

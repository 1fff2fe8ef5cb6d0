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

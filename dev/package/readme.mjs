// @ts-check
import { posix } from "node:path";

/**
 * A page of docs/ for a package that has no other files beside it: links lead into the repository, or are text where nobody has named one.
 * What npm and Node.js find by the package's name has the manifest's.
 *
 * @param {string} page
 * @param {{ readonly name: string, readonly version?: unknown }} manifest
 * @param {import("./manifest.mjs").Publisher} publisher
 */
export function readmeOf(page, { name, version }, { repository }) {
  return page
    .replace(/(?<=[`"]|node_modules\/)cognito-migration(?=[`"/])/g, name)
    .replace(/(?<=\/)cognito-migration(?=-[\d.]+\.tgz)/g, name.replace(/^@/, "").replace("/", "-"))
    .replace(/\[([^\]]+)\]\((?!https?:|#)([^)]+)\)/g, (_, text, link) =>
      repository === undefined ? text : `[${text}](${repository}/blob/v${version}/${posix.join("docs", link)})`,
    );
}

// @ts-check
import { posix } from "node:path";

/**
 * docs/package.md for a page that has no other files beside it: links lead into the repository, or are text where nobody has named one.
 *
 * @param {string} page
 * @param {string} version
 * @param {import("./manifest.mjs").Publisher} publisher
 */
export function readmeOf(page, version, { repository }) {
  return page.replace(/\[([^\]]+)\]\((?!https?:|#)([^)]+)\)/g, (_, text, link) =>
    repository === undefined ? text : `[${text}](${repository}/blob/v${version}/${posix.join("docs", link)})`,
  );
}

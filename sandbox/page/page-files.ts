import type { PageFiles } from "./page-server";

/** What build.mjs makes of sandbox/page/browser/. */
declare const BROWSER_FILES: Readonly<Record<"html" | "css" | "js", string>>;

export const pageFiles = (): PageFiles => ({
  "/": { type: "text/html", body: BROWSER_FILES.html },
  "/page.css": { type: "text/css", body: BROWSER_FILES.css },
  "/page.js": { type: "text/javascript", body: BROWSER_FILES.js },
});

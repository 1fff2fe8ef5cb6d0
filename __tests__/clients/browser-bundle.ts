import { buildSync } from "esbuild";

/**
 * A client and its story as a page loads them: `window.play(config)`. What the world is like, `window.world()` tells.
 *
 * @param folder With the clients' packages in it.
 * @param program Of the client, as `amplify`.
 */
export function browserBundle(folder: string, program: string): string {
  const contents = `import { open } from "./${program}.mjs";
import { story } from "./story.mjs";
window.play = async (config) => story(config, await open(config), () => window.world());`;
  const { outputFiles } = buildSync({
    stdin: { contents, resolveDir: folder },
    bundle: true,
    platform: "browser",
    format: "iife",
    target: "es2022",
    // identity-js is written for Node.js's name of it.
    define: { global: "globalThis" },
    write: false,
    logLevel: "silent",
  });
  const [file] = outputFiles;
  if (file === undefined) throw new Error(`esbuild made no output for ${program}`);
  return file.text;
}

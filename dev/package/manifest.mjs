// @ts-check

/** For one's own CDKTF app. The program needs none of them. */
export const PEERS = ["@cdktf/provider-aws", "cdktf", "constructs"];

/**
 * @typedef {object} Publisher
 * @property {string} [scope] Such as `@acme`.
 * @property {string} [repository] Where the sources are, such as `https://github.com/acme/cognito-migration`.
 */

/**
 * The published package.json. The repository's own stays private: it is of a checkout, with scripts and dependencies.
 *
 * @param {{ readonly name: string, readonly dependencies: Readonly<Record<string, string>>, readonly [field: string]: unknown }} own
 * @param {Publisher} publisher
 */
export function manifestOf({ name, version, description, license, engines, os, dependencies }, { scope, repository }) {
  return {
    name: scope === undefined ? name : `${scope}/${name}`,
    version,
    description,
    keywords: ["aws", "cognito", "user-pool", "migration", "lambda", "cdktf", "terraform", "cli"],
    license,
    // npm takes a package with provenance from the repository that it names alone. https://docs.npmjs.com/generating-provenance-statements
    ...(repository === undefined
      ? {}
      : {
          homepage: `${repository}#readme`,
          bugs: `${repository}/issues`,
          repository: { type: "git", url: `git+${repository}.git` },
        }),
    engines,
    os,
    bin: { [name]: "dist/cli.mjs" },
    exports: {
      "./constructs": { types: "./dist/constructs/index.d.ts", default: "./dist/constructs/index.js" },
      "./handler.zip": "./dist/handler.zip",
      "./token.zip": "./dist/token.zip",
      "./package.json": "./package.json",
    },
    // For "moduleResolution": "node10", which `cdktf init` writes and which does not read "exports".
    typesVersions: { "*": { constructs: ["./dist/constructs/index.d.ts"] } },
    files: [".env.example", "CHANGELOG.md", "dist", "docs", "modules", "THIRD-PARTY-LICENSES.txt"],
    peerDependencies: Object.fromEntries(PEERS.map((peer) => [peer, `^${dependencies[peer]}`])),
    peerDependenciesMeta: Object.fromEntries(PEERS.map((peer) => [peer, { optional: true }])),
  };
}

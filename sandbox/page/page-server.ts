import type { ServerResponse } from "node:http";
import * as v from "valibot";
import { listen, type Misbehaviour, type Request, type Response } from "../aws/http";
import { jsonOf } from "../aws/json-of";
import type { Action } from "./page-state";

/** What a browser gets, by path. */
export type PageFiles = Readonly<Record<`/${string}`, { readonly type: string; readonly body: string }>>;

interface PageServerProps {
  readonly files: PageFiles;
  /** The whole state, as JSON. */
  readonly state: () => string;
  readonly act: (action: Action) => Promise<void>;
}

export interface PageServer {
  readonly url: string;
  /** Sends the state to every browser, once for all changes of a moment. */
  changed(): void;
  close(): Promise<void>;
}

/**
 * Nothing but this server's own script and style runs or is loaded, and no form is sent by itself.
 * https://developer.mozilla.org/en-US/docs/Web/HTTP/Guides/CSP
 */
const HEADERS = {
  "content-security-policy":
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'",
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "cross-origin-resource-policy": "same-origin",
  "cross-origin-opener-policy": "same-origin",
  "cache-control": "no-store",
} as const;

/** More than any name and password have together. */
const LONGEST_BODY = 8192;

const text = v.pipe(v.string(), v.maxLength(2048));
const ACTION: v.GenericSchema<unknown, Action> = v.variant("do", [
  v.strictObject({ do: v.literal("signIn"), username: text, password: text }),
  v.strictObject({ do: v.literal("signInSample"), username: text, password: v.picklist(["right", "wrong"]) }),
  v.strictObject({ do: v.literal("forgot"), username: text }),
  v.strictObject({ do: v.literal("setPassword"), code: text, password: text }),
  v.strictObject({ do: v.literal("signOut") }),
]);

/** Serves the page on a free port of loopback, to browsers that were told this very address. */
export async function servePage({ files, state, act }: PageServerProps): Promise<PageServer> {
  const browsers = new Set<ServerResponse>();
  let isDue = false;
  let last = Promise.resolve();
  const send = (browser: ServerResponse): boolean => browser.write(`data: ${state()}\n\n`);
  const events: Misbehaviour = (outgoing) => {
    outgoing.writeHead(200, { ...HEADERS, "content-type": "text/event-stream" });
    browsers.add(outgoing);
    outgoing.once("close", () => browsers.delete(outgoing));
    send(outgoing);
  };

  const action = async ({ headers, body }: Request): Promise<Response> => {
    // A page of another origin can send a form here, but not this type, and its origin tells.
    if (headers.origin !== endpoint.url) return plain(403, "Only this page may ask for that.");
    if (headers["content-type"] !== "application/json") return plain(415, "Expected application/json.");
    const parsed = v.safeParse(ACTION, body.length > LONGEST_BODY ? undefined : jsonOf(body));
    if (!parsed.success) return plain(400, "Expected one of the page's actions.");
    // One after the other, as one person does them.
    const done = last.then(() => act(parsed.output));
    last = done.catch(() => undefined);
    await done;
    return { status: 204, headers: HEADERS, body: "" };
  };

  const answer = async (request: Request): Promise<Response | Misbehaviour> => {
    const { method, path, headers } = request;
    // Another name for this address may be somebody else's: https://owasp.org/www-community/attacks/DNS_Rebinding
    if (headers.host !== new URL(endpoint.url).host) return plain(421, `Open ${endpoint.url}/ instead.`);
    if (path === "/actions") return method === "POST" ? action(request) : plain(405, "Expected POST.");
    if (method !== "GET") return plain(405, "Expected GET.");
    if (path === "/events") return events;
    const file = Object.hasOwn(files, path) ? files[path as `/${string}`] : undefined;
    if (file === undefined) return plain(404, "There is no such page.");
    return { status: 200, headers: { ...HEADERS, "content-type": `${file.type}; charset=utf-8` }, body: file.body };
  };

  const endpoint = await listen(answer);
  return {
    url: endpoint.url,
    changed: () => {
      if (isDue) return;
      isDue = true;
      setImmediate(() => {
        isDue = false;
        for (const browser of browsers) send(browser);
      });
    },
    close: endpoint.close,
  };
}

const plain = (status: number, body: string): Response => ({
  status,
  headers: { ...HEADERS, "content-type": "text/plain; charset=utf-8" },
  body: `${body}\n`,
});

import type { PaperWorld } from "../accounts/from-synth";
import type { ShownUser } from "../accounts/own-pools/expectation";
import type { Side } from "../accounts/world";
import type { User } from "../aws/user-pool/user";
import { Application } from "./application";
import { Observer } from "./observer";
import { type PageFiles, servePage } from "./page-server";
import type { PageState, PoolState, SampleOnPage } from "./page-state";
import { Stories } from "./stories";

export interface Page {
  /** To open in a browser on this machine. */
  readonly url: string;
  close(): Promise<void>;
}

/** Serves a page on which one signs in at the destination, and sees what that sets off. */
export async function openPage(world: PaperWorld, users: readonly ShownUser[], files: PageFiles): Promise<Page> {
  const samples = users.map(
    ({ username, expect, password }): SampleOnPage => ({ username, expect, hasPassword: password !== undefined }),
  );
  let changed = (): void => undefined;
  const stories = new Stories(() => changed());
  const application = new Application(world, () => changed());
  const observer = new Observer(world, stories);
  const state = (): PageState => ({ app: application.state, stories: stories.all, pools: poolStates(world) });
  const server = await servePage({
    files: { ...files, "/samples.json": { type: "application/json", body: JSON.stringify(samples) } },
    state: () => JSON.stringify(state()),
    act: (action) => application.do(action),
  });
  changed = server.changed;
  world.tellAlso({
    log: observer.log,
    code: (code, sent, side) => {
      observer.code(code, sent, side);
      if (side === "destination") application.receive(code, sent);
    },
    request: (service, request) => {
      const answered = observer.request(service, request);
      // Whatever was asked may have changed a pool.
      return (answer) => {
        answered(answer);
        changed();
      };
    },
  });
  return { url: `${server.url}/`, close: server.close };
}

/** What build.mjs makes of sandbox/page/browser/. */
declare const BROWSER_FILES: Readonly<Record<"html" | "css" | "js", string>>;

export const pageFiles = (): PageFiles => ({
  "/": { type: "text/html", body: BROWSER_FILES.html },
  "/page.css": { type: "text/css", body: BROWSER_FILES.css },
  "/page.js": { type: "text/javascript", body: BROWSER_FILES.js },
});

/** More than a screen takes nobody reads. */
const SHOWN = 50;

/** Who is where. */
function poolStates(sides: { readonly source: Side; readonly destination: Side }): PageState["pools"] {
  const there = sides.destination.userPool.users;
  const hasCome = (user: User): boolean => namesOf(user).some((name) => there.find(name) !== undefined);
  return { source: poolState(sides.source, hasCome), destination: poolState(sides.destination, () => false) };
}

function poolState({ userPoolId: id, account, userPool }: Side, hasCome: (user: User) => boolean): PoolState {
  const users: User[] = [];
  for (const user of userPool.users.everybody()) {
    if (users.push(user) === SHOWN) break;
  }
  return {
    id,
    account,
    count: userPool.users.size,
    users: users.map((user) => ({
      key: user.attributes["sub"] ?? user.username,
      name: namesOf(user).at(-1) ?? "",
      status: user.enabled ? user.status : "disabled",
      hasCome: hasCome(user),
    })),
  };
}

/** Names that somebody may type, the best to read last. */
const namesOf = ({ username, attributes: { phone_number: number, email } }: User): readonly string[] =>
  [username, number, email].filter((name) => name !== undefined);

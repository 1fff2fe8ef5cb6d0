import type { PaperWorld } from "../accounts/from-synth";
import type { ShownUser } from "../accounts/own-pools/expectation";
import { Application } from "./application";
import { Observer } from "./observer";
import { type PageFiles, servePage } from "./page-server";
import type { PageState, SampleOnPage } from "./page-state";
import { poolStates } from "./pool-states";
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

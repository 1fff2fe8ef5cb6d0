import type { PageState, SampleOnPage } from "../page-state";
import { drawApp, drawEnd, wireApp } from "./app";
import { drawPools } from "./pools";
import { drawStories } from "./stories";

wireApp((await (await fetch("/samples.json")).json()) as readonly SampleOnPage[]);

// Tries again by itself when the connection breaks.
const events = new EventSource("/events");
events.addEventListener("error", drawEnd);
events.addEventListener("message", ({ data }) => {
  const { app, stories, pools } = JSON.parse(String(data)) as PageState;
  drawStories(stories);
  drawPools(pools);
  drawApp(app);
});

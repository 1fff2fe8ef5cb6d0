import type { Step, Story } from "../page-state";
import { byId, element } from "./element";

interface Drawn {
  readonly details: HTMLDetailsElement;
  readonly verdict: HTMLElement;
  readonly list: HTMLOListElement;
}

const drawn = new Map<number, Drawn>();

/** Adds what is new: a screen reader says additions, and what a reader has opened stays open. */
export function drawStories(stories: readonly Story[]): void {
  const place = byId("stories", HTMLDivElement);
  byId("empty", HTMLParagraphElement).hidden = stories.length > 0;
  for (const [id, { details }] of drawn)
    if (!stories.some((story) => story.id === id)) {
      details.remove();
      drawn.delete(id);
    }
  for (const story of [...stories].reverse()) {
    const { details, verdict, list } = drawn.get(story.id) ?? begun(story, place);
    for (const step of story.steps.slice(list.children.length)) list.append(lineOf(step));
    if (story.verdict === undefined || details.classList.contains(story.verdict.is)) continue;
    details.classList.add(story.verdict.is);
    verdict.textContent = story.verdict.text;
  }
}

function begun({ id, title, username, at }: Story, place: HTMLElement): Drawn {
  for (const { details } of drawn.values()) details.open = false;
  const verdict = element("span", { className: "verdict", text: "under way" });
  const name = username === "" ? title : `${title}: ${username}`;
  const heading = [
    element("span", { className: "title", text: name }),
    element("span", { className: "at", text: `${at} UTC` }),
    verdict,
  ];
  const list = element("ol");
  const details = element("details", {
    className: "story",
    children: [element("summary", { children: heading }), list],
  });
  details.open = true;
  place.prepend(details);
  const made = { details, verdict, list };
  drawn.set(id, made);
  return made;
}

function lineOf({ afterMs, actor, text, call }: Step): HTMLLIElement {
  const words = element("span", { className: "text", text });
  if (call !== undefined) words.append(element("code", { text: call }));
  return element("li", {
    children: [
      element("span", { className: `actor ${actor}`, text: actor }),
      words,
      element("span", { className: "after", text: `+${afterMs} ms` }),
    ],
  });
}

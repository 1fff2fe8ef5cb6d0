import type { PageState, PoolState, PoolUser } from "../page-state";
import { byId, element } from "./element";

/** Who was there when the page was opened: others have come since. */
const known = new Set<string>();
let isFirst = true;

export function drawPools({ destination, source }: PageState["pools"]): void {
  draw("destination", "Destination", destination);
  draw("source", "Source", source);
  isFirst = false;
}

function draw(id: "destination" | "source", title: string, pool: PoolState): void {
  const { count, users, account } = pool;
  const hidden = count - users.length;
  const rows = users.map((user) => rowOf(id, user));
  if (hidden > 0) rows.push(element("li", { text: `and ${hidden} more` }));
  byId(id, HTMLDivElement).replaceChildren(
    element("h3", { text: `${title}, ${count === 1 ? "1 user" : `${count} users`}` }),
    element("p", { className: "id", text: pool.id }),
    element("p", { className: "id", text: `account ${account}` }),
    ...(rows.length > 0
      ? [element("ul", { children: rows })]
      : [element("p", { className: "soft", text: "Nobody yet." })]),
  );
}

function rowOf(side: string, { key, name, status, hasCome }: PoolUser): HTMLLIElement {
  const isNew = !isFirst && !known.has(`${side} ${key}`);
  if (isFirst) known.add(`${side} ${key}`);
  const className = [hasCome && "come", isNew && "arrived"].filter(Boolean).join(" ");
  return element("li", {
    className,
    children: [
      element("span", { text: name }),
      element("span", { className: "status", text: hasCome ? `${status}, has come over` : status }),
    ],
  });
}

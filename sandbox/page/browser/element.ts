interface Parts {
  readonly className?: string;
  readonly text?: string;
  readonly label?: string;
  readonly children?: readonly Node[];
}

/** Text goes in as text: nothing that a user pool holds is read as HTML. */
export function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  { className, text, label, children = [] }: Parts = {},
): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name);
  if (className !== undefined) made.className = className;
  if (text !== undefined) made.textContent = text;
  if (label !== undefined) made.setAttribute("aria-label", label);
  made.append(...children);
  return made;
}

/** What page.html has under this id. */
export function byId<Kind extends HTMLElement>(id: string, kind: new () => Kind): Kind {
  const found = document.getElementById(id);
  if (!(found instanceof kind)) throw new Error(`page.html has no ${kind.name} ${id}`);
  return found;
}

/** Changes nothing that says the same already: a screen reader would say it again. */
export function say(where: HTMLElement, text: string): void {
  if (where.textContent !== text) where.textContent = text;
}

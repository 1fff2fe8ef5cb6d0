import type { Action, AppState, SampleOnPage } from "../page-state";
import { byId, element, say } from "./element";

const field = (id: string): HTMLInputElement => byId(id, HTMLInputElement);
const note = byId("note", HTMLParagraphElement);
const reset = byId("reset", HTMLFormElement);

/** Where the keyboard goes on when what it was at has gone. */
let focusNext: HTMLElement | undefined;

async function ask(action: Action): Promise<void> {
  const response = await fetch("/actions", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(action),
  });
  if (!response.ok) say(note, await response.text());
}

/** A form is read, emptied of what is secret, and never sent by the browser itself. */
function onSubmit(form: HTMLFormElement, act: () => Promise<void>, secrets: readonly string[]): void {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void act();
    for (const id of secrets) field(id).value = "";
  });
}

function forget(username: string): void {
  focusNext = field("code");
  void ask({ do: "forgot", username });
}

/** On a narrow screen they are far below the users. */
function showSteps(): void {
  const steps = byId("steps", HTMLElement);
  const { top } = steps.getBoundingClientRect();
  if (top < 0 || top > window.innerHeight * 0.6) steps.scrollIntoView();
}

/** Makes the forms and the buttons work. */
export function wireApp(samples: readonly SampleOnPage[]): void {
  onSubmit(
    byId("sign-in", HTMLFormElement),
    () => ask({ do: "signIn", username: field("username").value, password: field("password").value }),
    ["password"],
  );
  onSubmit(reset, () => {
    focusNext = note;
    return ask({ do: "setPassword", code: field("code").value.trim(), password: field("new-password").value });
  }, ["code", "new-password"]);
  byId("forgot", HTMLButtonElement).addEventListener("click", () => {
    if (field("username").reportValidity()) forget(field("username").value);
  });
  byId("sign-out", HTMLButtonElement).addEventListener("click", () => {
    focusNext = note;
    void ask({ do: "signOut" });
  });
  const list = byId("samples", HTMLUListElement);
  list.append(...samples.map(rowOf));
  if (samples.length === 0) list.append(element("li", { className: "soft", text: "nobody" }));
}

function rowOf({ username, expect, hasPassword }: SampleOnPage): HTMLLIElement {
  const button = (text: string, act: () => void): HTMLButtonElement => {
    const made = element("button", { text, label: `${text}: ${username}` });
    made.type = "button";
    made.addEventListener("click", () => {
      act();
      showSteps();
    });
    return made;
  };
  const signIn = (password: "right" | "wrong") => () => void ask({ do: "signInSample", username, password });
  const buttons = [
    ...(hasPassword ? [button("Right password", signIn("right"))] : []),
    button("Wrong password", signIn("wrong")),
    button("Forgot it", () => forget(username)),
  ];
  return element("li", {
    children: [
      element("p", { className: "name", text: username }),
      element("p", { className: "expect", text: expect }),
      element("div", { className: "buttons", children: buttons }),
    ],
  });
}

export function drawApp({ signedInAs, note: text, isGood, resetFor, message }: AppState): void {
  say(note, text);
  note.classList.toggle("bad", !isGood);
  byId("sign-out", HTMLButtonElement).hidden = signedInAs === undefined;
  reset.hidden = resetFor === undefined;
  const inbox = byId("message", HTMLParagraphElement);
  inbox.hidden = message === undefined;
  say(inbox, message ?? "");
  const isThere = focusNext === note ? resetFor === undefined : resetFor !== undefined;
  if (focusNext === undefined || !isThere) return;
  focusNext.focus();
  focusNext = undefined;
}

/** The sandbox is gone, or this page's way to it. */
export function drawEnd(): void {
  say(note, "The sandbox does not answer. Start it again, and open the address that it prints.");
  note.classList.add("bad");
}

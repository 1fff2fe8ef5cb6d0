import type { Step, Story, Verdict } from "./page-state";

/** Older ones are forgotten. */
const KEPT = 12;

interface Draft extends Omit<Story, "verdict"> {
  readonly steps: Step[];
  verdict?: Verdict;
}

/** A story that is still being written. */
export interface OpenStory {
  readonly username: string;
  step(actor: Step["actor"], text: string, call?: string): void;
  end(verdict: Verdict): void;
}

/** What happened, call by call. */
export class Stories {
  private readonly drafts: Draft[] = [];
  private count = 0;

  /**
   * @param changed Is told after every change.
   * @param now Milliseconds since 1970.
   */
  constructor(
    private readonly changed: () => void,
    private readonly now: () => number = Date.now,
  ) {}

  begin(title: string, username: string): OpenStory {
    const began = this.now();
    this.count += 1;
    const at = new Date(began).toISOString().slice(11, 19);
    const draft: Draft = { id: this.count, title, username, at, steps: [] };
    this.drafts.unshift(draft);
    this.drafts.splice(KEPT);
    this.changed();
    return {
      username,
      step: (actor, text, call) => {
        draft.steps.push({ afterMs: this.now() - began, actor, text, call });
        this.changed();
      },
      end: (verdict) => {
        draft.verdict = verdict;
        this.changed();
      },
    };
  }

  /** The last first. */
  get all(): readonly Story[] {
    return this.drafts.map((draft) => ({ ...draft, steps: [...draft.steps] }));
  }
}

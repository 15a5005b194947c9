/** Questions that a VM has for a person: it stands still until somebody answers. As VIM has them: id, text, choices. */
import { HostError } from '#lib';

export interface Choice {
  readonly key: string;
  readonly label: string;
}

export interface Question {
  /** Of this VM, never used again while the host is up. */
  readonly id: string;
  /** What kind of question it is, for programs. */
  readonly messageId: string;
  readonly text: string;
  readonly choices: readonly Choice[];
  /** Index of the choice that is taken when nobody can answer any more. */
  readonly defaultIndex: number;
}

/** Kinds of questions: all of them are about doing it once more, or not. */
export const RETRY: Choice = { key: '0', label: 'Retry' };
export const CANCEL: Choice = { key: '1', label: 'Cancel' };

interface Pending {
  readonly question: Question;
  readonly resolve: (choice: Choice) => void;
}

export class Questions {
  readonly #vm: string;
  readonly #changed: (line: string) => void;
  readonly #pending = new Map<string, Pending>();
  #lastId = 0;
  #isClosed = false;

  /** @param changed - hears what is asked and answered */
  constructor(vm: string, changed: (line: string) => void) {
    this.#vm = vm;
    this.#changed = changed;
  }

  /** Those that are not answered yet, oldest first. */
  get pending(): readonly Question[] {
    return [...this.#pending.values()].map(({ question }) => question);
  }

  isAsked(messageId: string): boolean {
    return this.pending.some((question) => question.messageId === messageId);
  }

  /** Asks whether to do something once more, in words for a person; resolves to whether to. */
  async askToRetry(messageId: string, text: string): Promise<boolean> {
    const choices = [RETRY, CANCEL];
    const choice = await this.#ask({ messageId, text, choices, defaultIndex: choices.indexOf(CANCEL) });
    return choice === RETRY;
  }

  #ask(asked: Omit<Question, 'id'>): Promise<Choice> {
    const question = { ...asked, id: String(++this.#lastId) };
    const answered = new Promise<Choice>((resolve) => this.#pending.set(question.id, { question, resolve }));
    this.#changed(`asks (${question.id}): ${question.text}`);
    if (this.#isClosed) this.giveUp();
    return answered;
  }

  /**
   * @param id - undefined: the only one
   * @param choice - key or label
   * @throws HostError `vm-refused` when there is no such question or choice
   */
  answer(id: string | undefined, choice: string): void {
    const refused = (reason: string) =>
      new HostError('vm-refused', { action: 'answer', vm: this.#vm, reason });
    if (this.#pending.size === 0) throw refused('it asks nothing');
    if (id === undefined && this.#pending.size > 1) throw refused('it asks several things: give the message');
    const pending = id === undefined ? [...this.#pending.values()][0] : this.#pending.get(id);
    if (pending === undefined) throw refused(`it has no message ${id}`);
    const { choices } = pending.question;
    const wanted = choice.toLowerCase();
    const chosen = choices.find(({ key, label }) => key === choice || label.toLowerCase() === wanted);
    if (chosen === undefined) {
      const all = choices.map(({ key, label }) => `${key} (${label})`).join(', ');
      throw refused(`"${choice}" is none of ${all}`);
    }
    this.#end(pending, chosen);
  }

  /** Nobody can answer any more: each gets its default. */
  giveUp(): void {
    for (const pending of [...this.#pending.values()]) {
      const { choices, defaultIndex } = pending.question;
      this.#end(pending, choices[defaultIndex] as Choice);
    }
  }

  /** From now on there is nobody to answer. */
  close(): void {
    this.#isClosed = true;
    this.giveUp();
  }

  #end({ question, resolve }: Pending, choice: Choice): void {
    this.#pending.delete(question.id);
    this.#changed(`answered (${question.id}): ${choice.label}`);
    resolve(choice);
  }
}

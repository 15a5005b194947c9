/** Forwards and rules of a host's NAT: carried out, and kept. */
import { reasonOf, usageError } from '#lib';
import {
  checkedNat,
  type Forward,
  type KeptForward,
  type KeptNat,
  type KeptRule,
  type Nat,
  requireKept,
  ruleOf,
} from '#net';

export class HostNat {
  readonly nat: Nat;
  readonly #keep: (config: KeptNat) => void;
  readonly #open = new Map<KeptForward, Forward>();
  /** Why a forward is not there. */
  readonly #problems = new Map<KeptForward, string>();
  #config: KeptNat;

  constructor(nat: Nat, config: KeptNat, keep: (config: KeptNat) => void) {
    this.nat = nat;
    this.#config = config;
    this.#keep = keep;
    nat.rules = config.rules.map(ruleOf);
  }

  /** Opens what was kept. A port that is in use keeps nothing else from coming up. */
  async start(warn: (line: string) => void): Promise<void> {
    for (const forward of this.#config.forwards) {
      try {
        this.#open.set(forward, await this.#listen(forward));
      } catch (error) {
        this.#problems.set(forward, reasonOf(error));
        warn(reasonOf(error));
      }
    }
  }

  guests(): ReturnType<Nat['guests']> {
    return this.nat.guests();
  }

  get rules(): readonly KeptRule[] {
    return this.#config.rules;
  }

  /** Each forward, and why it is not open if it is not. */
  forwards(): readonly (KeptForward & { readonly problem: string | undefined })[] {
    return this.#config.forwards.map((one) => ({ ...one, problem: this.#problems.get(one) }));
  }

  /** @throws HostError `usage`, `port-unavailable` */
  async addForward(forward: KeptForward): Promise<void> {
    checked({ ...this.#config, forwards: [...this.#config.forwards, forward] });
    this.#open.set(forward, await this.#listen(forward));
    // Others may have been added meanwhile.
    this.#config = { ...this.#config, forwards: [...this.#config.forwards, forward] };
    this.#keep(this.#config);
  }

  /** @throws HostError `usage` */
  removeForward(protocol: string, port: number): void {
    const gone = this.#config.forwards.filter((one) => one.protocol === protocol && one.port === port);
    if (gone.length === 0) throw usageError(`there is no forward of ${protocol} port ${port}`);
    for (const one of gone) {
      this.#open.get(one)?.close();
      this.#open.delete(one);
      this.#problems.delete(one);
    }
    this.#config = {
      ...this.#config,
      forwards: this.#config.forwards.filter((one) => !gone.includes(one)),
    };
    this.#keep(this.#config);
  }

  /** Adds a rule before the one of that number (from 1), or at the end. @throws HostError `usage` */
  addRule(rule: KeptRule, before?: number): void {
    const { rules } = this.#config;
    const at = before === undefined ? rules.length : before - 1;
    if (at < 0 || at > rules.length) throw usageError(`there is no rule ${before}`);
    this.#setRules(rules.toSpliced(at, 0, rule));
  }

  /** @throws HostError `usage` */
  removeRule(number: number): void {
    const { rules } = this.#config;
    if (number < 1 || number > rules.length) throw usageError(`there is no rule ${number}`);
    this.#setRules(rules.toSpliced(number - 1, 1));
  }

  #setRules(rules: readonly KeptRule[]): void {
    this.#config = checked({ ...this.#config, rules });
    this.nat.rules = this.#config.rules.map(ruleOf);
    this.#keep(this.#config);
  }

  #listen({ protocol, address, port, guest, guestPort }: KeptForward): Promise<Forward> {
    return this.nat.forwards.add({ protocol, at: { address, port }, guest, port: guestPort });
  }
}

/** Forwards are known by their identity: they stay themselves. @throws HostError `usage` */
function checked(config: KeptNat): KeptNat {
  return { ...requireKept(() => checkedNat(config)), forwards: config.forwards };
}

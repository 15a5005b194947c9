/** Who is called what: found without looking at every VM. */

interface Named {
  readonly name: string;
}

export class VmNames<V extends Named> {
  /** Names of VMs whose .vmx were written by hand may be the same. */
  readonly #byName = new Map<string, Set<V>>();
  readonly #names = new Map<V, string>();

  /** The one that has had the name longest. */
  find(name: string): V | undefined {
    return this.#byName.get(name)?.values().next().value;
  }

  /** It is there, or may be called otherwise than before. */
  note(vm: V): void {
    const { name } = vm;
    if (this.#names.get(vm) === name) return;
    this.forget(vm);
    this.#names.set(vm, name);
    const same = this.#byName.get(name);
    if (same === undefined) this.#byName.set(name, new Set([vm]));
    else same.add(vm);
  }

  forget(vm: V): void {
    const name = this.#names.get(vm);
    if (name === undefined) return;
    this.#names.delete(vm);
    const same = this.#byName.get(name);
    same?.delete(vm);
    if (same?.size === 0) this.#byName.delete(name);
  }
}

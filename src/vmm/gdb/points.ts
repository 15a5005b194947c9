/** Where gdb wants harts to stop, as the engine is asked: breakpoints and watched memory, and which were met. */
import { AccessKind, type AccessKindCode, type Stops, type WatchedRange } from '#riscv';
import { type Point, PointKind } from './target.ts';

export type Hit =
  | { readonly kind: 'breakpoint' }
  | { readonly kind: 'watch'; readonly point: Point; readonly address: bigint };

/** What kinds of access a watchpoint is for. */
const WATCHES: Readonly<Record<number, readonly AccessKindCode[]>> = {
  [PointKind.Write]: [AccessKind.Write, AccessKind.ReadWrite],
  [PointKind.Read]: [AccessKind.Read, AccessKind.ReadWrite],
  [PointKind.Access]: [AccessKind.Read, AccessKind.Write, AccessKind.ReadWrite],
};

export class Points implements Stops {
  /** Whether breakpoints, and whether watched memory, are passed over for the moment. */
  passesBreakpoints = false;
  passesAccesses = false;
  readonly #points: Point[] = [];
  #breakpoints: ReadonlySet<bigint> = new Set();
  #watched: readonly (WatchedRange & Point)[] = [];
  #hit: Hit | undefined;
  #isChanged = false;

  get breakpoints(): ReadonlySet<bigint> {
    return this.#breakpoints;
  }

  get watched(): readonly WatchedRange[] {
    return this.#watched;
  }

  get isEmpty(): boolean {
    return this.#points.length === 0;
  }

  add(point: Point): void {
    if (this.#points.some((known) => isSame(known, point))) return;
    this.#points.push(point);
    this.#changed();
  }

  remove(point: Point): void {
    const at = this.#points.findIndex((known) => isSame(known, point));
    if (at < 0) return;
    this.#points.splice(at, 1);
    this.#changed();
  }

  clear(): void {
    this.#points.length = 0;
    this.#changed();
  }

  /** Whether they are others than when this was asked last: gdb takes them out and puts them back at each stop. */
  takeChanged(): boolean {
    const wanted = new Set(this.#points.filter(isBreakpoint).map(({ address }) => address));
    const watched = this.#points.filter((point) => !isBreakpoint(point));
    const isOther =
      this.#isChanged &&
      (wanted.size !== this.#breakpoints.size ||
        [...wanted].some((address) => !this.#breakpoints.has(address)) ||
        watched.length !== this.#watched.length ||
        watched.some((point, index) => !isSame(point, this.#watched[index] as Point)));
    this.#isChanged = false;
    if (isOther) {
      this.#breakpoints = wanted;
      this.#watched = watched;
    }
    return isOther;
  }

  /** What ended the last run. */
  takeHit(): Hit | undefined {
    const hit = this.#hit;
    this.#hit = undefined;
    return hit;
  }

  atBreakpoint(): boolean {
    if (this.passesBreakpoints) return false;
    this.#hit = { kind: 'breakpoint' };
    return true;
  }

  atAccess(_context: number, address: bigint, bytes: number, kind: AccessKindCode): boolean {
    if (this.passesAccesses) return false;
    const point = this.#watched.find(
      (one) =>
        address < one.address + BigInt(one.bytes) &&
        one.address < address + BigInt(bytes) &&
        WATCHES[one.kind]?.includes(kind) &&
        this.#points.some((known) => isSame(known, one)),
    );
    if (point === undefined) return false;
    this.#hit = { kind: 'watch', point, address };
    return true;
  }

  #changed(): void {
    this.#isChanged = true;
  }
}

const isBreakpoint = ({ kind }: Point): boolean => kind === PointKind.Software || kind === PointKind.Hardware;
const isSame = (a: Point, b: Point): boolean =>
  a.kind === b.kind && a.address === b.address && a.bytes === b.bytes;
